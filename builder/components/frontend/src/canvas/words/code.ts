/** How is this layer written in Python? One call, in the style of the exported code. */

import type { Catalog, ParamSpec } from "../design/catalog";
import type { Json, Node, Params } from "../design/document";
import { sameSetting } from "../design/settings";

const LONGEST = 44;
const INDENT = "    ";
const MODULES: { readonly [group: string]: string } = {
  initializer: "keras.initializers",
  regularizer: "keras.regularizers",
  constraint: "keras.constraints",
};

/** `layers.Conv2D(16, kernel_size=3, name="conv_a")`; broken into lines where it is long. */
export function codeOf(catalog: Catalog | null, node: Node): string {
  const spec = catalog?.layer(node.type);
  if (node.type === "Call") return `${node.of ?? "layer"}(x)`;
  if (node.type === "Model") return `build_${node.id}()`;
  if (node.type.startsWith("ops.")) return call(`keras.ops.${node.type.slice(4)}`, ["x", ...named(spec?.args ?? [], node.args ?? {})]);
  const specs = [...(spec?.params ?? []), ...(catalog?.common ?? [])];
  const params = Object.fromEntries(Object.entries(node.params ?? {}).filter(([name, value]) => tells(specs, name, value)));
  const name = `name=${text(node.id)}`;
  if (node.type === "InputLayer") return call("keras.Input", [...named(specs, params), name]);
  const made = call(`layers.${spec?.type ?? node.type}`, [...constructor(catalog, specs, params), name]);
  const given = named(spec?.args ?? [], node.args ?? {});
  return given.length ? `${made}(x, ${given.join(", ")})` : made;
}

function tells(specs: readonly ParamSpec[], name: string, value: Json): boolean {
  const spec = specs.find((candidate) => candidate.name === name);
  return !spec || spec.required || !sameSetting(spec, value, spec.default);
}

function call(callee: string, parts: readonly string[]): string {
  const line = `${callee}(${parts.join(", ")})`;
  if (line.length <= LONGEST || !parts.length) return line;
  return `${callee}(\n${parts.map((part) => `${INDENT}${part},\n`).join("")})`;
}

/** Arguments in the catalogue's order; a leading required one by position. */
function constructor(catalog: Catalog | null, specs: readonly ParamSpec[], params: Params): readonly string[] {
  const written = ordered(specs, params).map(([name, value]) => {
    const spec = specs.find((candidate) => candidate.name === name);
    return [name, valueOf(catalog, spec, value)] as const;
  });
  const first = specs[0];
  return written.map(([name, value], at) => (at === 0 && first?.required && first.name === name ? value : `${name}=${value}`));
}

function named(specs: readonly ParamSpec[], params: Params): readonly string[] {
  return ordered(specs, params).map(([name, value]) => `${name}=${valueOf(null, specs.find((spec) => spec.name === name), value)}`);
}

function ordered(specs: readonly ParamSpec[], params: Params): readonly (readonly [string, Json])[] {
  const rank = (name: string): number => {
    const at = specs.findIndex((spec) => spec.name === name);
    return at < 0 ? specs.length : at;
  };
  return Object.entries(params).sort(([one], [other]) => rank(one) - rank(other));
}

function valueOf(catalog: Catalog | null, spec: ParamSpec | undefined, value: Json): string {
  if (spec?.group && typeof value === "object" && value !== null) {
    if (Array.isArray(value)) return `[${value.map((part) => valueOf(catalog, spec, part as Json)).join(", ")}]`;
    return objectOf(catalog, spec.group, value as { type?: Json; params?: Json });
  }
  if (Array.isArray(value)) {
    const parts = value.map((part) => valueOf(catalog, undefined, part as Json));
    return spec && ["ints", "shape"].includes(spec.kind) ? tupleOf(parts) : `[${parts.join(", ")}]`;
  }
  return text(value);
}

function objectOf(catalog: Catalog | null, group: string, value: { type?: Json; params?: Json }): string {
  const type = String(value.type ?? "");
  const specs =
    group === "layer"
      ? (catalog?.layer(type)?.params ?? [])
      : (catalog?.objects.find((found) => found.type === type && found.group === (group === "cells" ? "cell" : group))?.params ?? []);
  return `${MODULES[group] ?? "layers"}.${type}(${constructor(catalog, specs, (value.params ?? {}) as Params).join(", ")})`;
}

function tupleOf(parts: readonly string[]): string {
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`;
}

/** A plain value as Python writes it. */
function text(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "object") return JSON.stringify(value);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
