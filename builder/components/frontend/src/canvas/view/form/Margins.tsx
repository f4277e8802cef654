/** How much at each side: one number for all, one for each axis, or one for each side. */

import { useState } from "react";
import type { ParamSpec } from "../../design/catalog";
import type { Json } from "../../design/document";
import { SmallNumber } from "./Axes";
import { Radios } from "./Segments";
import type { ControlProps } from "./props";

type Mode = "all" | "axes" | "sides";
type Sides = readonly (readonly [number, number])[];

const MODES = [
  { value: "all", label: "all sides" },
  { value: "axes", label: "each axis" },
  { value: "sides", label: "each side" },
];
const NAMES: { readonly [axes: number]: readonly (readonly [string, string])[] } = {
  1: [["before", "after"]],
  2: [
    ["top", "bottom"],
    ["left", "right"],
  ],
  3: [
    ["front", "back"],
    ["top", "bottom"],
    ["left", "right"],
  ],
};
const AXES: { readonly [axes: number]: readonly string[] } = { 1: ["length"], 2: ["height", "width"], 3: ["depth", "height", "width"] };

export function Margins({ slot, id, labelId, reasonId, complain }: ControlProps) {
  const { spec, path } = slot;
  const axes = spec.length ?? 1;
  const sides = sidesOf(slot.value, axes);
  const [wanted, setMode] = useState<Mode>("all");
  const needed = modeOf(sides);
  const mode = RANK[wanted] > RANK[needed] ? wanted : needed;
  const choose = (to: Mode): void => {
    setMode(to);
    if (RANK[to] < RANK[needed]) slot.commit(marginsValue(spec, narrowed(sides, to)));
  };
  const set = (axis: number | null, side: number | null, value: number): void => {
    const hit = (wanted: number | null, at: number): boolean => wanted === null || wanted === at;
    const one = (old: number, axisAt: number, sideAt: number): number => (hit(axis, axisAt) && hit(side, sideAt) ? value : old);
    slot.commit(marginsValue(spec, sides.map(([before, after], at) => [one(before, at, 0), one(after, at, 1)] as const)));
  };
  const one: ParamSpec = { ...spec, kind: "int", holds: "", nullable: false };
  const box = (label: string, axis: number | null, side: number | null, first: boolean) => (
    <label key={label} className="margin">
      {mode !== "all" && <span>{label}</span>}
      <SmallNumber
        spec={one}
        id={first ? id : undefined}
        label={`${spec.name} ${label}`}
        testid={first ? `param-${path}` : `param-${path}-${label}`}
        value={sides[axis ?? 0]![side ?? 0] ?? null}
        commit={(value) => value !== null && set(axis, side, value)}
        complain={complain}
      />
    </label>
  );
  const modes = MODES.filter(({ value }) => value !== "axes" || axes > 1);
  return (
    <div className="margins" role="group" aria-labelledby={labelId} aria-describedby={reasonId}>
      <Radios choices={modes} value={mode} choose={(to) => choose(to as Mode)} testid={`margins-${path}`} label={`How ${spec.name} is set`} />
      <div className="margin-grid">
        {mode === "all" && box("all sides", null, null, true)}
        {mode === "axes" && AXES[axes]!.map((name, axis) => box(name, axis, null, axis === 0))}
        {mode === "sides" &&
          NAMES[axes]!.flatMap((pair, axis) => pair.map((name, side) => box(name, axis, side, axis === 0 && side === 0)))}
      </div>
    </div>
  );
}

const RANK: { readonly [mode in Mode]: number } = { all: 0, axes: 1, sides: 2 };

/** A pair for each axis, from any of the ways that Keras takes. */
export function sidesOf(value: Json | undefined, axes: number): Sides {
  if (typeof value === "number") return Array.from({ length: axes }, () => [value, value] as const);
  const list = Array.isArray(value) ? value : [];
  if (axes === 1 && list.length === 2) return [[Number(list[0]), Number(list[1])]];
  return Array.from({ length: axes }, (_, axis) => {
    const part = list[axis];
    const [before, after] = Array.isArray(part) ? part : [part ?? 0, part ?? 0];
    return [Number(before), Number(after)] as const;
  });
}

function modeOf(sides: Sides): Mode {
  if (sides.some(([before, after]) => before !== after)) return "sides";
  return new Set(sides.map(([size]) => size)).size > 1 ? "axes" : "all";
}

function narrowed(sides: Sides, mode: Mode): Sides {
  return mode === "all" ? sides.map(() => [sides[0]![0], sides[0]![0]]) : sides.map(([size]) => [size, size]);
}

/** The shortest way to write it; Keras' default where it is that. */
export function marginsValue(spec: ParamSpec, sides: Sides): Json {
  const axes = spec.length ?? 1;
  if (spec.default !== null && JSON.stringify(sidesOf(spec.default, axes)) === JSON.stringify(sides)) return spec.default;
  const mode = modeOf(sides);
  if (mode === "all") return sides[0]![0];
  if (mode === "axes") return sides.map(([size]) => size);
  return axes === 1 ? [...sides[0]!] : sides.map((pair) => [...pair]);
}
