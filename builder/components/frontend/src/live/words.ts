/** What the chart says about a run, in words. */
import { kindOf, titleOf, valueText, wordsOf } from "./metrics";
import { duration, NOTHING, rate, threeDigits, UNIT, whole } from "./numbers";
import { resumedWords } from "./happenings";
import { intervalWords } from "./measured";
import { bestEpoch, epochsDone, latest, reached, type Series, type Status } from "./series";
import { isFinal, type RunState } from "./types";
import { wilson } from "./interval";

export type Tone = "fine" | "info" | "calm" | "warn" | "fault";

const STATES: Record<RunState, [string, Tone]> = {
  queued: ["queued", "info"],
  starting: [`starting, about 1${UNIT}s`, "info"],
  running: ["training", "fine"],
  paused: ["paused", "calm"],
  stopping: ["stopping", "info"],
  finished: ["finished", "fine"],
  stopped: ["stopped", "calm"],
  failed: ["failed", "fault"],
  lost: ["lost", "warn"],
};

/** The chip: word and tone of a state. */
export function stateWords(state: RunState): { word: string; tone: Tone } {
  const [word, tone] = STATES[state] ?? [String(state), "calm"];
  return { word, tone };
}

/** One entry of the row of numbers. */
export interface Figure {
  label: string;
  value: string;
  detail: string;
}

/** The row above the charts: epoch, loss, metric, speed, time. Same entries in every state. */
export function figures(series: Series, metric: string | null): Figure[] {
  const status = series.status;
  const rows = [epochFigure(series, status), lossFigure(series)];
  if (metric) rows.push(metricFigure(series, metric));
  else if (!series.epochs.length) rows.push({ label: "", value: "", detail: "" });
  return [...rows, speedFigure(status), timeFigure(status)];
}

function epochFigure(series: Series, status: Status | null): Figure {
  return { label: "Epoch", value: whole(epochsDone(series)), detail: status ? `of ${whole(status.epochs)}` : "" };
}

function lossFigure(series: Series): Figure {
  const name = latest(series, "val_loss") === null && series.epochs.length ? "loss" : "val_loss";
  const value = latest(series, name);
  const best = bestEpoch(series);
  const detail = best && best.metric === name ? `best ${threeDigits(best.value)}` : "";
  return { label: name === "loss" ? "Training loss" : "Validation loss", value: text(value, threeDigits), detail };
}

function metricFigure(series: Series, metric: string): Figure {
  const name = latest(series, `val_${metric}`) === null && series.epochs.length ? metric : `val_${metric}`;
  const rows = series.status?.rows;
  const count = rows ? (name === metric ? rows.train : rows.validation) : null;
  const value = latest(series, name);
  return {
    label: `${name === metric ? "Training" : "Validation"} ${wordsOf(metric)}`,
    value: text(value, (shown) => valueText(metric, shown, count)),
    detail: name !== metric && value !== null ? intervalText(metric, value, count) : "",
  };
}

/** "84 to 94 %", the 90 % interval of a share of rows; empty where there is none. */
export function intervalText(metric: string, value: number, rows: number | null): string {
  return kindOf(metric) === "proportion" && rows ? intervalWords(metric, wilson(value, rows), rows) : "";
}

function speedFigure(status: Status | null): Figure {
  const speed = status?.progress?.steps_per_s;
  return { label: "Speed", value: speed ? rate(speed) : NOTHING, detail: speed ? "steps/s" : "" };
}

function timeFigure(status: Status | null): Figure {
  const progress = status?.progress;
  if (status && isFinal(status.state)) return { label: "Took", value: text(progress?.elapsed, duration), detail: "" };
  return { label: "Time left", value: text(progress?.seconds_left, duration), detail: "" };
}

function text(value: number | null | undefined, write: (value: number) => string): string {
  return value === null || value === undefined || !Number.isFinite(value) ? NOTHING : write(value);
}

/** Steps done and to do over the whole run, null while the steps per epoch are not known. */
export function stepsDone(series: Series): { done: number; total: number } | null {
  const status = series.status;
  if (!status?.steps || !status.epochs) return null;
  const total = status.steps * status.epochs;
  const { epoch, step } = status.progress ?? { epoch: 0, step: 0 };
  const told = Math.max(0, epoch - 1) * status.steps + step;
  return { done: Math.min(total, Math.max(epochsDone(series) * status.steps, told)), total };
}

/** "Step 434 of 840, batches of 32"; before the first step what is waited for. */
export function progressText(series: Series, batchSize: number | null): string {
  const status = series.status;
  if (!status) return "";
  if (status.state === "queued") return queueText(status);
  const steps = stepsDone(series);
  if (!steps || (status.state === "starting" && status.phase)) return status.state === "starting" ? status.phase ?? "Building the network" : "";
  const batches = batchSize ? `, batches of ${whole(batchSize)}` : "";
  const resumed = isFinal(status.state) ? "" : resumedWords(series, reached(series));
  return `Step ${whole(steps.done)} of ${whole(steps.total)}${batches}${resumed && `. ${resumed}`}`;
}

/** "Place 3 of 5, about 2 min". */
function queueText({ queue }: Status): string {
  if (!queue) return "Waits for a free place";
  const wait = queue.wait_s === null ? "" : `, about ${roughly(queue.wait_s)}`;
  return `Place ${queue.place} of ${queue.of}${wait}`;
}

/** Whole minutes from one minute on: the wait is a guess. */
function roughly(seconds: number): string {
  return duration(seconds < 60 ? Math.max(1, Math.ceil(seconds / 5) * 5) : Math.round(seconds / 60) * 60);
}

/** "CPU, 2 cores, 1.9 busy, 212 MB": what it computes with, how much of it, and its memory. */
export function machineText(status: Status | null): string {
  if (!status || isFinal(status.state)) return "";
  const device = status.choices?.find((choice) => choice.what === "device")?.value;
  const { cpu_percent: load, memory_mb: memory, gpu_memory_mb: graphics } = status.vitals ?? {};
  const busy = load === undefined || status.state === "paused" ? "" : `${(load / 100).toFixed(1)} core${load >= 95 && load < 105 ? "" : "s"} busy`;
  const parts = [device ?? (busy && "CPU"), busy, memory === undefined ? "" : size(memory), graphics === undefined ? "" : `${size(graphics)} on the GPU`];
  return parts.filter(Boolean).join(", ");
}

/** Megabytes as "212 MB", "1.4 GB". */
function size(megabytes: number): string {
  return megabytes < 999.5 ? `${Math.round(megabytes)}${UNIT}MB` : `${(megabytes / 1000).toFixed(1)}${UNIT}GB`;
}

/** One sentence for those who listen instead of look. */
export function announcement(series: Series, metric: string | null): string {
  const [epoch, ...rest] = figures(series, metric);
  const measured = rest.slice(0, metric ? 2 : 1).filter((figure) => figure.value && figure.value !== NOTHING);
  const facts = measured.map((figure) => `${figure.label} ${figure.value}.`).join(" ");
  return `Epoch ${epoch!.value} ${epoch!.detail}. ${facts}`.trim();
}

/** What a chart shows, for its label. */
export function chartSummary(series: readonly Series[], metric: string): string {
  const each = series.map((one) => `${one.status?.name ?? "run"} ${lastValues(one, metric)}`.trim());
  return `${titleOf(metric)} by epoch. ${each.join("; ")}`;
}

function lastValues(series: Series, metric: string): string {
  const rows = series.status?.rows ?? null;
  const said = (name: string, word: string, count: number | null): string => {
    const value = latest(series, name);
    return value === null ? "" : `${word} ${valueText(metric, value, count)}`;
  };
  return [said(metric, "training", rows?.train ?? null), said(`val_${metric}`, "validation", rows?.validation ?? null)]
    .filter(Boolean).join(", ");
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
