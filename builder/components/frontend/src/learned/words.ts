/** What the picture says in words: the epoch in its corner, how many points are right, and the same for those who listen. */
import { percent, threeDigits, whole } from "../live/numbers";
import { at, nearest, probability, type Picture } from "./decode";
import type { Layer } from "./decode";
import type { Frame, Rows } from "./types";

/** "epoch 62", "before training", "in epoch 3"; "best epoch, 28" where the run's end brought that back (`best`). */
export function epochText(frame: Frame, best: string): string {
  if (frame.is_last && frame.is_restored && best) return `best epoch, ${best}`;
  if (frame.epoch === 0) return "before training";
  return frame.is_epoch_end ? `epoch ${whole(frame.epoch)}` : `in epoch ${whole(frame.epoch)}`;
}

/** One line: "Right: training 94.0 % of 350, validation 92 % of 75", or how far off the numbers are. */
export function scoreText(frame: Frame): string {
  const told = scores(frame).map(([word, [value, count]]) =>
    frame.kind === "value" ? `${word} ${threeDigits(value)}` : `${word} ${percent(value / count, count)} of ${whole(count)}`);
  return told.length ? `${frame.kind === "value" ? "Off by, on average" : "Right"}: ${told.join(", ")}` : "";
}

function scores(frame: Frame): [string, [number, number]][] {
  const both: [string, [number, number] | null][] = [["training", frame.train], ["validation", frame.validation]];
  return both.flatMap(([word, score]) => (score ? [[word, score] as [string, [number, number]]] : []));
}

/** For those who do not see it: "At epoch 62 the network is right on 94.0 % of 350 training points …". */
export function summary(frame: Frame | null, best: string, rows: Rows | null): string {
  const plane = rows ? `${rows.target} over ${rows.axes[0]} and ${rows.axes[1]}` : "what the network has learned";
  const told = frame ? scores(frame).map(([word, score]) => spoken(frame, word, score)) : [];
  if (!frame || !told.length) return `Picture of ${plane}. Nothing is drawn yet.`;
  const when = frame.epoch === 0 ? "Before training" : `At ${epochText(frame, best).replace("best epoch, ", "the best epoch, ")}`;
  return `Picture of ${plane}. ${when} the network is ${frame.kind === "value" ? "off by" : "right on"} ${told.join(" and ")}.`;
}

function spoken(frame: Frame, word: string, [value, count]: [number, number]): string {
  if (frame.kind === "value") return `${threeDigits(value)} on average at ${whole(count)} ${word} points`;
  return `${percent(value / count, count)} of ${whole(count)} ${word} points`;
}

/** What stands in the picture as long as there is none. */
export function emptyText(state: string): string {
  if (state === "queued") return "Drawn when the run has its turn.";
  if (["finished", "stopped", "failed", "lost"].includes(state)) return "No picture was kept of this run.";
  return "Drawn with the first step.";
}

/** The answer at a place given as shares from the upper left corner: "x 1.20, y −0.40: 93.0 % green". */
export function placeText(picture: Picture, rows: Rows, x: number, y: number): string {
  const place = `${rows.axes[0]} ${coordinate(rows.x, x)}, ${rows.axes[1]} ${coordinate(rows.y, 1 - y)}`;
  const { frame } = picture;
  if (frame.kind === "value") return `${place}: ${rows.target} ${number(frame.low + (at(picture.field, x, y) / 255) * (frame.high - frame.low))}`;
  if (frame.kind === "classes") return `${place}: ${rows.classes[nearest(picture.field, x, y)] ?? ""}`;
  const second = probability(at(picture.field, x, y));
  const [name, share] = second < 0.5 ? [rows.classes[0], 1 - second] : [rows.classes[1], second];
  return `${place}: ${percent(share, null)} ${name}`;
}

function coordinate([from, to]: [number, number], share: number): string {
  return number(from + share * (to - from));
}

/** A number of the plane: two decimals, or as many as matter. */
export function number(value: number): string {
  if (Math.abs(value) < 0.005) return "0.00";
  return Math.abs(value) < 10 && Math.abs(value) >= 0.1 ? `${value < 0 ? "\u2212" : ""}${Math.abs(value).toFixed(2)}` : threeDigits(value);
}

/** "hidden_1, unit 7 of 32". */
export function unitName(layer: Layer, unit: number): string {
  return `${layer.frame.layer}, unit ${unit + 1} of ${whole(layer.frame.of)}`;
}

/** What the colours of a unit mean: "Violet below 0, pale at 0, green up to 3.20." */
export function unitText(layer: Layer, unit: number): string {
  const [reach, middle] = [layer.frame.reach[unit]!, layer.frame.middle];
  const bytes = layer.grids[unit]!.values;
  if (!reach) return "Answers 0 everywhere here: it is of no use to these points.";
  if (middle) return "Violet towards 0, pale at 0.5, green towards 1.";
  const [below, above] = [bytes.some((byte) => byte < 128), bytes.some((byte) => byte > 128)];
  const parts = [below ? `violet down to ${number(-reach)}` : "", "pale at 0", above ? `green up to ${number(reach)}` : ""].filter(Boolean);
  const words = parts.join(", ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
