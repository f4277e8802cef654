/** Is a text from outside something that can be pasted? Copied nodes, or a whole drawing; anything else is ignored. */

import { type Clip, FORMAT } from "./clipboard";
import type { Design, Edge, Json, Node, Params, PortPath, Position } from "./document";
import { noteFrom } from "./notes";

/** What is longer was not copied from a drawing. */
const LONGEST = 4_000_000;
const MOST_NODES = 5000;
const DEEPEST = 8;
const ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;
const OF = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,999}$/;

type Fields = { readonly [key: string]: Json | undefined };

/** The clip in a text; null where there is none. Only fields that are known are taken over. */
export function clipFrom(text: string): Clip | null {
  if (!text || text.length > LONGEST || !text.trimStart().startsWith("{")) return null;
  try {
    const given = fields(JSON.parse(text) as Json);
    if (given?.format === FORMAT) return clipOf(given);
    const design = given?.format === "layerloom-project/1" ? fields(given.design) : given;
    return design?.format === "layerloom/1" ? clipOf({ ...design, notes: fields(design.ui)?.notes }) : null;
  } catch {
    return null; // Not JSON, or not what it says to be.
  }
}

function clipOf(given: Fields): Clip | null {
  const { nodes, edges } = network(given, 0);
  const notes = list(given.notes).flatMap((note) => noteFrom(note) ?? []);
  const shared = Object.entries(fields(given.shared) ?? {}).map(([id, node]) => [id, nodeFrom(node, 0)] as const);
  const clip = { nodes, edges, ...(notes.length ? { notes } : {}) };
  if (!nodes.length && !notes.length) return null;
  return shared.length ? { ...clip, shared: Object.fromEntries(shared) } : clip;
}

class Foreign extends Error {}

function network(given: Fields, depth: number): { nodes: readonly Node[]; edges: readonly Edge[] } {
  if (depth > DEEPEST || list(given.nodes).length > MOST_NODES) throw new Foreign();
  const nodes = list(given.nodes).map((node) => nodeFrom(node, depth));
  const ids = new Set(nodes.map((node) => node.id));
  if (ids.size < nodes.length) throw new Foreign();
  const edges = list(given.edges).map(edgeFrom);
  return { nodes, edges: edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)) };
}

function nodeFrom(value: Json | undefined, depth: number): Node {
  const given = fields(value);
  if (!given || !fits(given.id, ID) || typeof given.type !== "string" || given.type.length > 200) throw new Foreign();
  if (given.of !== undefined && !fits(given.of, OF)) throw new Foreign();
  const [params, args, ui, graph] = [given.params, given.args, given.ui, given.graph].map(fields);
  return {
    id: given.id,
    type: given.type,
    ...(params ? { params: params as Params } : {}),
    ...(args ? { args: args as Params } : {}),
    ...(given.of !== undefined ? { of: given.of as string } : {}),
    ...(graph ? { graph: graphFrom(graph, depth + 1) } : {}),
    ...(given.bypass === true ? { bypass: true } : {}),
    ...(ui ? { ui: ui as Params } : {}),
    position: positionFrom(given.position),
  };
}

function graphFrom(given: Fields, depth: number): Design {
  const { inputs, outputs, ui } = given;
  const name = typeof given.name === "string" ? given.name.slice(0, 200) : "network";
  return {
    format: "layerloom/1",
    name,
    ...network(given, depth),
    ...(references(inputs) ? { inputs: inputs as Design["inputs"] } : {}),
    ...(references(outputs) ? { outputs: outputs as Design["outputs"] } : {}),
    ...(fields(ui) ? { ui: ui as Params } : {}),
  };
}

function references(value: Json | undefined): boolean {
  const texts = Array.isArray(value) ? value : Object.values(fields(value) ?? {});
  return texts.length > 0 && texts.every((text) => typeof text === "string");
}

function edgeFrom(value: Json): Edge {
  const given = fields(value);
  if (!given || !fits(given.source, ID) || !fits(given.target, ID)) throw new Foreign();
  const { source_port, target_port } = given;
  if (source_port !== undefined && !(Number.isInteger(source_port) && (source_port as number) >= 0)) throw new Foreign();
  const steps = target_port === undefined || target_port === null ? null : list(target_port);
  if (steps && !steps.every((step) => typeof step === "string" || Number.isInteger(step))) throw new Foreign();
  return {
    source: given.source,
    target: given.target,
    ...(source_port ? { source_port: source_port as number } : {}),
    ...(steps?.length ? { target_port: steps as PortPath } : {}),
  };
}

function positionFrom(value: Json | undefined): Position {
  const [x, y] = list(value);
  return Number.isFinite(x) && Number.isFinite(y) ? [x as number, y as number] : [0, 0];
}

function fits(value: Json | undefined, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function fields(value: Json | undefined): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}
