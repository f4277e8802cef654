/** Which layers give out a result of the network, and under which names? As edits of the drawing. */

import type { Design, References } from "./document";
import type { Edit } from "./edits";
import { type Port, drawnOutputs, reference } from "./outputs";

type Ends = readonly (readonly [key: string | null, port: Port])[];

/** Whether the network gives out what this layer makes. */
export function isOutput(design: Design, id: string): boolean {
  return drawnOutputs(design).some(([, port]) => port[0] === id);
}

/** What a badge says of the layer: the name of its output, or "output" where it feeds others too; else null. */
export function outputBadge(design: Design, id: string): string | null {
  if (!design.outputs) return null;
  const own = drawnOutputs(design).find(([, port]) => port[0] === id);
  if (!own) return null;
  const named = own[0] !== null && own[0] !== id;
  return named ? `output ${own[0]}` : "output";
}

/** The layer's first output is given out too, last of all. */
export function givenOut(design: Design, id: string): Edit {
  return written([...drawnOutputs(design), [keyed(design) ? free(design, id) : null, [id, 0]]]);
}

/** Nothing of the layer is given out any more; the drawing decides again where that comes to the same. */
export function keptIn(design: Design, id: string): Edit {
  const left = drawnOutputs(design).filter(([, port]) => port[0] !== id);
  const { outputs: _, ...bare } = design;
  const drawn = drawnOutputs(bare).map(([, port]) => reference(port));
  const same = left.every(([key]) => key === null) && drawn.join() === left.map(([, port]) => reference(port)).join();
  return same ? { kind: "set_outputs", outputs: null } : written(left);
}

/** The output of the layer under this name; all others keep theirs, or get that of their layer. */
export function outputNamed(design: Design, id: string, name: string): Edit {
  const ends = drawnOutputs(design).map(([key, port]) => [port[0] === id ? name : (key ?? port[0]), port] as const);
  const bare = ends.every(([key, port]) => key === port[0]) && !keyed(design);
  return bare ? written(ends.map(([, port]) => [null, port] as const)) : written(ends);
}

/** The name under which the layer's result is given out. */
export function outputName(design: Design, id: string): string {
  return drawnOutputs(design).find(([, port]) => port[0] === id)?.[0] ?? id;
}

/** What is wrong with a name; null when nothing is. */
export function outputNameFault(design: Design, id: string, name: string): string | null {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/.test(name)) return "A name has letters, digits, _, - and dots, and begins with a letter, digit or _.";
  const others = drawnOutputs(design).filter(([, port]) => port[0] !== id);
  return others.some(([key, port]) => (key ?? port[0]) === name) ? `Another output is called ${name}.` : null;
}

function keyed({ outputs }: Design): boolean {
  return outputs !== undefined && outputs !== null && !Array.isArray(outputs);
}

function free(design: Design, id: string): string {
  const taken = new Set(drawnOutputs(design).map(([key]) => key));
  return taken.has(id) ? `${id}_output` : id;
}

function written(ends: Ends): Edit {
  const named = ends.some(([key]) => key !== null);
  const outputs: References = named
    ? Object.fromEntries(ends.map(([key, port]) => [key ?? port[0], reference(port)]))
    : ends.map(([, port]) => reference(port));
  return { kind: "set_outputs", outputs };
}
