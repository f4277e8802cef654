/** An object as a value: its type from a list, and its own arguments below, however deep. */

import { useEditor, usePicked } from "../../state/context";
import { type Held, held, innerSpecs, objectsOf, retyped, typesFor, written } from "../../design/objects";
import type { ParamSpec } from "../../design/catalog";
import { glyphOf } from "../../design/catalog";
import type { Params } from "../../design/document";
import { counted } from "../../words/numbers";
import { Tile } from "../Glyph";
import { NONE } from "./Choice";
import { Pick, type Option } from "./Pick";
import type { ControlProps } from "./props";
import { SubForm } from "./SubForm";
import type { Write } from "./slot";

export function ObjectChoice({ slot, id, labelId, reasonId, faulty }: ControlProps) {
  const catalog = usePicked((state) => state.catalog);
  const { spec, path, value } = slot;
  const group = spec.group ?? "";
  const now = slot.mixed ? null : held(catalog, group, value);
  const set = (next: Held, merge = false): void => slot.commit(written(catalog, spec, next), merge);
  const choose = (type: string): void =>
    type === NONE ? slot.commit(null) : type === now?.type ? undefined : set(retyped(catalog, group, type, now));
  const options = useOptions(spec, now);
  const write: Write = (_, params, reset, merge) =>
    now && set({ type: now.type, params: without({ ...now.params, ...params }, reset) }, merge);
  return (
    <>
      <Pick
        id={id}
        labelId={labelId}
        reasonId={reasonId}
        name={spec.name}
        options={options}
        value={now?.type ?? (spec.nullable && !slot.mixed ? NONE : null)}
        none={slot.mixed ? "mixed" : "choose"}
        faulty={faulty}
        testid={`param-${path}`}
        choose={choose}
      />
      {now && now.type !== "Model" && (
        <SubForm
          key={now.type}
          label={`${now.type}, ${spec.name}`}
          specs={innerSpecs(catalog, group, now.type)}
          given={now.params}
          write={write}
          path={`${path}.`}
        />
      )}
      {now?.type === "Model" && <p className="subform quiet">{modelWords(value)}</p>}
    </>
  );
}

function modelWords(value: unknown): string {
  const nodes = (value as { graph?: { nodes?: readonly unknown[] } }).graph?.nodes ?? [];
  return `A network of ${counted(nodes.length, "layer")}.`;
}

function without(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
}

/** Objects by the names that Keras uses for them; layers with their picture. */
function useOptions(spec: ParamSpec, now: Held | null): readonly Option[] {
  const catalog = useEditor().state.catalog;
  const types = typesFor(catalog, spec);
  const known = now && !types.includes(now.type) ? [...types, now.type] : types;
  const family = (type: string) => (spec.group === "layer" ? catalog?.layer(type)?.family : "recur");
  const nested = spec.group === "layer" || spec.group === "cell";
  const options = known.map((type): Option => ({
    value: type,
    label: nested ? type : nameOf(objectsOf(catalog, spec.group ?? "").find((found) => found.type === type)?.names[0], type),
    picture: nested ? <Tile name={glyphOf(type, family(type))} family={family(type)} size="s" /> : undefined,
  }));
  return spec.nullable ? [{ value: NONE, label: NONE }, ...options] : options;
}

/** Regularizers are known as L1 and L2; the rest by Keras' short names. */
function nameOf(name: string | undefined, type: string): string {
  return !name || /^L\d/.test(type) ? type : name;
}
