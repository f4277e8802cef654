/** What are the inputs and outputs of a network? As listed, else as the drawing shows. */

import type { Design } from "./document";
import { downstream } from "./graph";

/** Node id and output. */
export type Port = readonly [id: string, port: number];

export function portKey([id, port]: Port): string {
  return `${id}:${port}`;
}

/** The port as inputs and outputs name it: "lstm", or "lstm:1". */
export function reference([id, port]: Port): string {
  return port ? `${id}:${port}` : id;
}

/** The port that a reference means. */
export function portOf(text: string): Port {
  const [id, port] = text.split(":");
  return [id!, /^[0-9]+$/.test(port ?? "") ? Number(port) : 0];
}

/** Key or null, and the node, of each input in order. */
export function inputKeys(design: Design): readonly (readonly [string | null, string])[] {
  const { inputs } = design;
  if (!inputs) return design.nodes.filter((node) => node.type === "InputLayer").map((node) => [null, node.id] as const);
  if (Array.isArray(inputs)) return (inputs as readonly string[]).map((text) => [null, portOf(text)[0]] as const);
  return Object.entries(inputs).map(([key, text]) => [key, portOf(text as string)[0]] as const);
}

/**
 * Key or null, and the port, of each output in order; bypassed nodes are named as if they were called. Left out in the
 * document, these are port 0 of the nodes that an input reaches and that feed nothing.
 */
export function drawnOutputs(design: Design): readonly (readonly [string | null, Port])[] {
  const { outputs } = design;
  if (!outputs) return looseEnds(design).map((id) => [null, [id, 0]] as const);
  if (Array.isArray(outputs)) return (outputs as readonly string[]).map((text) => [null, portOf(text)] as const);
  return Object.entries(outputs).map(([key, text]) => [key, portOf(text as string)] as const);
}

function looseEnds(design: Design): string[] {
  const starts = inputKeys(design).map(([, id]) => id);
  const reached = downstream(design, ...starts);
  for (const id of starts) reached.add(id);
  const there = new Set(design.nodes.map((node) => node.id));
  const feeding = new Set(design.edges.filter((edge) => there.has(edge.target)).map((edge) => edge.source));
  return design.nodes.filter((node) => reached.has(node.id) && !feeding.has(node.id)).map((node) => node.id);
}
