/** Which values would mend something on this node? From what issues say, and from the data. */

import type { LayerSpec, ParamSpec } from "../design/catalog";
import type { Json, Node } from "../design/document";
import { type Sizes, holdsAsMany } from "../design/inputs";
import { prefix } from "../design/nesting";
import type { Issue } from "../protocol";
import { shape as written } from "../words/numbers";
import { parse } from "../words/values";
import { anchorOf, offersFor } from "./mending";
import type { State } from "./state";

/** A value for one setting, and why. */
export interface Proposed {
  readonly param: string;
  readonly value: Json;
  readonly text: string;
  readonly severity: Issue["severity"];
}

const FIX = /^(?:Set \w+ to|Use) (.+?)\.$/;

/** The value that an issue's fix names, if its setting can be that. */
export function valueOfFix(spec: ParamSpec, issue: Issue): Json | undefined {
  const text = FIX.exec(issue.fix ?? "")?.[1];
  const parsed = text === undefined ? null : parse({ ...spec, nullable: false }, text);
  return parsed?.ok && spec.kind !== "text" && spec.kind !== "json" ? parsed.value : undefined;
}

/** The shapes that a row of the chosen data can take at this input. */
export function shapesOfData(state: State, node: Node): readonly Sizes[] {
  return state.path.length ? [] : (state.data?.data?.inputs?.[node.id] ?? []);
}

/** Values offered for a node, the most useful first. */
export function proposals(state: State, node: Node, spec: LayerSpec, issues: readonly Issue[]): readonly Proposed[] {
  const mended = issues.flatMap((issue) => {
    const param = spec.params.find((candidate) => candidate.name === issue.argument);
    const value = param && valueOfFix(param, issue);
    return value === undefined ? [] : [{ param: param!.name, value, text: issue.message, severity: issue.severity }];
  });
  const found = [...ofRepairs(state, node, issues), ...mended];
  return found.length ? found.filter((one, index) => found.findIndex((other) => other.param === one.param) === index) : ofTheData(state, node);
}

/** Values that were tried and found to mend a fault, here or of a layer behind: "join needs 16 here". */
function ofRepairs(state: State, node: Node, issues: readonly Issue[]): readonly Proposed[] {
  const full = prefix(state.path) + node.id;
  return offersFor(state, full).map((repair) => {
    const { param, to } = repair.changes[0]!;
    const value = to as Json;
    const own = issues.find((issue) => issue.argument === param && issue.severity === "error");
    const sizes = Array.isArray(value) && value.every((part) => typeof part === "number");
    const words = sizes ? written(value as number[]) : String(value);
    const asking = repair.node === full || repair.node === null ? "The fault" : (anchorOf(state.path, repair.node) ?? repair.node);
    return { param, value, text: own?.message ?? `${asking} needs ${words} here`, severity: "error" };
  });
}

function ofTheData(state: State, node: Node): readonly Proposed[] {
  const now = node.params?.shape;
  const shapes = node.type === "InputLayer" ? shapesOfData(state, node) : [];
  if (!shapes.length || !Array.isArray(now) || node.params?.dtype === "string") return [];
  if (shapes.some((shape) => holdsAsMany(now as Sizes, shape))) return [];
  const best = shapes.find((shape) => shape.length === now.length) ?? shapes[0]!;
  return [{ param: "shape", value: best as Json, text: `${state.data!.data!.title} has ${written(best)} a row`, severity: "info" }];
}
