/** The short form of an answer, brought back to its full form. See `builder/runs/packing.py`. */
import type { Answer, Values } from "./types";

export type Status = Omit<Answer, "epoch" | "batch" | "marks" | "at" | "whole" | "is_thinned" | "every">;

type About = Pick<Answer, "run" | "number" | "name" | "epochs" | "steps" | "metrics" | "rows" | "choices" | "origin">;
type Now = Pick<Answer, "state" | "message" | "phase" | "queue">;

/** Groups that did not change are left out. */
export interface Packet {
  seq: number;
  stamp: string;
  about?: About;
  now?: Now;
  best?: Answer["best"];
  vitals?: Answer["vitals"];
  /** epoch, step, steps_per_s, seconds_left, elapsed */
  progress?: (number | null)[];
  names?: string[];
  /** Epoch, seconds since the beginning, and a value for each name. */
  table?: (number | null)[][];
  batch?: Answer["batch"];
  marks?: Answer["marks"];
  whole?: boolean;
  is_thinned?: boolean;
  every?: number;
}

/** What a chart keeps to understand the next packet. */
export interface Known {
  status: Status | null;
  names: string[];
}

/** The answer in full; an answer that came in full stays as it is. Null when too little is known to understand it. */
export function unpack(told: Packet | Answer, known: Known): Answer | null {
  if ("run" in told) return told;
  const names = (known.names = told.names ?? known.names);
  const before = known.status;
  if (!before && !(told.about && told.now)) return null;
  const kept = { ...(before as Status), ...told.about, ...told.now };
  const table = told.table ?? [];
  return {
    ...kept, seq: told.seq, stamp: told.stamp,
    best: "best" in told ? told.best! : before?.best ?? null,
    vitals: "vitals" in told ? told.vitals : before?.vitals,
    progress: told.progress ? progressOf(told.progress) : before?.progress ?? null,
    epoch: table.map((row) => [row[0]!, valuesOf(names, row)]), at: table.map((row) => row[1]!),
    batch: told.batch ?? [], marks: told.marks ?? [], whole: told.whole ?? false, is_thinned: told.is_thinned ?? false, every: told.every ?? 1,
  };
}

function progressOf([epoch, step, speed, left, elapsed]: (number | null)[]): Answer["progress"] {
  return { epoch: epoch!, step: step!, steps_per_s: speed!, seconds_left: left!, elapsed: elapsed! };
}

function valuesOf(names: string[], row: (number | null)[]): Values {
  const values: Values = {};
  names.forEach((name, i) => {
    const value = row[i + 2];
    if (value !== null && value !== undefined) values[name] = value;
  });
  return values;
}
