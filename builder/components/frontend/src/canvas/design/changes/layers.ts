/** What can be changed about one layer? Its arguments, its type, and whether it takes part at all. */

import type { Design, Params } from "../document";
import { into } from "../graph";
import { EditRefused, known, lean, updated, withNode } from "./kind";

export type LayerEdit =
  | { kind: "set_params"; id: string; params?: Params; reset?: readonly string[] }
  | { kind: "set_args"; id: string; args?: Params; reset?: readonly string[] }
  | { kind: "retype"; id: string; type: string; params?: Params; args?: Params }
  | { kind: "set_bypass"; ids: readonly string[]; bypass?: boolean };

const STRUCTURAL: { readonly [type: string]: string } = {
  InputLayer: "an input",
  Model: "a block",
  Call: "another call of a layer",
};

export function setParams(design: Design, id: string, params?: Params, reset?: readonly string[]): Design {
  return withNode(design, id, (node) => ({ ...node, params: updated(node.params, params, reset) }));
}

export function setArgs(design: Design, id: string, args?: Params, reset?: readonly string[]): Design {
  return withNode(design, id, (node) => ({ ...node, args: updated(node.args, args, reset) }));
}

/** The design with another type in a node's place; its name, wires and calls stay. */
export function retype(design: Design, id: string, type: string, params?: Params, args?: Params): Design {
  const found = STRUCTURAL[known(design, id).type];
  const wanted = STRUCTURAL[type];
  if (found || wanted) {
    const subject = found ? `${id} is ${found}` : `${id} cannot become ${wanted}`;
    throw new EditRefused(`${subject}: only a layer can take another layer's place.`);
  }
  return withNode(design, id, (node) => lean({ ...node, type, params: params ?? {}, args }));
}

/** The design with layers left out or taken in again; refuses what has nothing to pass on. */
export function setBypass(design: Design, ids: readonly string[], bypass: boolean): Design {
  for (const id of ids) {
    const node = known(design, id);
    if (bypass && node.type === "InputLayer") throw new EditRefused(`${id} cannot be bypassed: data enters here.`);
    if (bypass && !into(design, id).length)
      throw new EditRefused(`${id} has no input that could pass through. Drag a wire into it.`);
  }
  const chosen = new Set(ids);
  const nodes = design.nodes.map((node) => (chosen.has(node.id) ? lean({ ...node, bypass: bypass || undefined }) : node));
  return { ...design, nodes };
}
