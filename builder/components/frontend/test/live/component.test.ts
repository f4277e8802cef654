// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetAll } from "../../src/live/memory";
import type { Answer, LiveData } from "../../src/live/types";
import { pauseMs } from "../../src/live/poll";
import type { Status } from "../../src/live/unpack";
import { answer, values } from "./examples";

type Handler = (detail: Record<string, unknown>) => void;

const plotly = vi.hoisted(() => ({ react: vi.fn(), purge: vi.fn() }));
vi.mock("plotly.js-basic-dist-min", () => ({ default: plotly }));

const { default: live } = await import("../../src/live/main");

let parent: ShadowRoot;
let sent: unknown[][];
let answers: (Partial<Answer> | number)[];
let asked: string[];
let off: () => void;

const send = (name: string, value: unknown): void => void sent.push([name, value]);
const data = (rest: Partial<LiveData> = {}): LiveData => ({ api: "/api/runs/", runs: [{ id: "a1", label: "run 7" }], mode: "live", active: true, ...rest });
const show = (rest: Partial<LiveData> = {}): void => void (off = live({ data: data(rest), parentElement: parent, setTriggerValue: send }));
const emptySeriesAfter = (elapsed: number): Status => ({ ...answer(), progress: { epoch: 1, step: 1, steps_per_s: 1, seconds_left: 1, elapsed } });
const root = (): HTMLElement => parent.querySelector<HTMLElement>("[data-testid=live-curves]")!;
const wait = (ms: number): Promise<void> => vi.advanceTimersByTimeAsync(ms).then(() => undefined);
const drawn = (): Record<string, unknown>[] => plotly.react.mock.calls.at(-2)![1] as Record<string, unknown>[];

function reply(url: string): Response {
  asked.push(url);
  const next = answers.length > 1 ? answers.shift()! : answers[0]!;
  if (typeof next === "number") return new Response(next === 204 ? null : "{}", { status: next });
  return new Response(JSON.stringify(answer({ run: url.split("/")[3]!, ...next })), { status: 200 });
}

beforeEach(() => {
  vi.useFakeTimers();
  forgetAll();
  [sent, asked, answers] = [[], [], [{ seq: 3, epoch: [[0, values(0.7, 0.7, 0.5)], [1, values(0.4, 0.5)]], batch: [[0.5, 0.6]] }, { seq: 3 }]];
  plotly.react.mockReset().mockImplementation((div: HTMLElement & { on?: unknown; handlers?: Map<string, Handler> }) => {
    div.handlers ??= new Map();
    div.on ??= (name: string, handler: Handler) => div.handlers!.set(name, handler);
    return Promise.resolve();
  });
  plotly.purge.mockReset();
  vi.stubGlobal("fetch", vi.fn((url: string) => Promise.resolve(reply(url))));
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(846);
  parent = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
});

afterEach(() => {
  off();
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a mounted chart", () => {
  it("asks for what is newer than what it has, four times a second", async () => {
    show();
    await wait(1100);
    expect(asked[0]).toBe("/api/runs/a1/points?after=0&stamp=");
    expect(asked[1]).toBe("/api/runs/a1/points?after=3&stamp=");
    expect(asked.length).toBeGreaterThanOrEqual(4);
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it("tells on its root what it shows", async () => {
    show();
    await wait(300);
    expect(root().dataset).toMatchObject({ run: "a1", points: "3", seq: "3", state: "running", theme: "light" });
    expect(parent.querySelector("[role=progressbar]")!.getAttribute("aria-valuetext")).toContain("epoch 1 of 120");
    expect(parent.querySelector(".chip")!.textContent).toBe("training");
    expect(drawn().length).toBeGreaterThan(2);
  });

  it("stays the same through reruns, and keeps one poller", async () => {
    show();
    await wait(300);
    const first = root();
    for (let rerun = 0; rerun < 5; rerun += 1) show();
    const before = asked.length;
    await wait(1000);
    expect(root()).toBe(first);
    expect(parent.querySelectorAll("[data-testid=live-curves]").length).toBe(1);
    expect(asked.length - before).toBeLessThanOrEqual(5);
  });

  it("goes without a trace: no requests, no plots, no elements", async () => {
    show();
    await wait(300);
    off();
    const before = asked.length;
    await wait(2000);
    expect(asked.length).toBe(before);
    expect(plotly.purge).toHaveBeenCalledTimes(3);
    expect(parent.childElementCount).toBe(0);
  });

  it("goes on from where it was when it is mounted again", async () => {
    show();
    await wait(300);
    off();
    asked = [];
    show();
    await wait(100);
    expect(asked[0]).toBe("/api/runs/a1/points?after=3&stamp=");
    expect(root().dataset.points).toBe("3");
  });

  it("keeps the zoom across a new mount", async () => {
    show();
    await wait(300);
    const host = parent.querySelector<HTMLElement & { handlers: Map<string, Handler> }>(".plot")!;
    host.dispatchEvent(new Event("pointerdown"));
    host.handlers.get("plotly_relayout")!({ "xaxis.range[0]": 3, "xaxis.range[1]": 9 });
    window.dispatchEvent(new Event("pointerup"));
    await wait(300);
    off();
    show();
    await wait(300);
    const layout = plotly.react.mock.calls.at(-1)![2] as { xaxis: { range: number[] } };
    expect(layout.xaxis.range).toEqual([3, 9]);
    expect(parent.querySelector<HTMLElement>(".all")!.style.visibility).toBe("visible");
  });

  it("takes ranges that Plotly set itself for nobody's choice", async () => {
    show();
    await wait(300);
    parent.querySelector<HTMLElement & { handlers: Map<string, Handler> }>(".plot")!.handlers.get("plotly_relayout")!({ "yaxis.range": [70, 101] });
    await wait(300);
    expect(parent.querySelector<HTMLElement>(".all")!.style.visibility).toBe("hidden");
  });

  it("does not draw under the hand of a person who drags", async () => {
    show();
    await wait(300);
    parent.querySelectorAll(".plot").forEach((host) => host.dispatchEvent(new Event("pointerdown")));
    const before = plotly.react.mock.calls.length;
    answers = [{ seq: 4, epoch: [[2, values(0.3, 0.4)]] }, { seq: 4 }];
    await wait(600);
    expect(plotly.react.mock.calls.length).toBe(before);
    window.dispatchEvent(new Event("pointerup"));
    await wait(200);
    expect(plotly.react.mock.calls.length).toBeGreaterThan(before);
  });

  it("keeps bare keys from Streamlit, whose r and c would rerun and clear", async () => {
    show();
    await wait(300);
    const heard = vi.fn();
    document.addEventListener("keydown", heard);
    root().dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true, composed: true }));
    root().dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, composed: true }));
    expect(heard).toHaveBeenCalledTimes(1);
    document.removeEventListener("keydown", heard);
  });

  it("zooms and shows all again by keyboard", async () => {
    show();
    await wait(300);
    const frame = parent.querySelector<HTMLElement>(".frame")!;
    frame.dispatchEvent(new KeyboardEvent("keydown", { key: "+", bubbles: true }));
    await wait(50);
    expect((plotly.react.mock.calls.at(-1)![2] as { xaxis: { range: number[] } }).xaxis.range).toEqual([30, 90]);
    parent.querySelector<HTMLButtonElement>(".all")!.click();
    await wait(50);
    expect((plotly.react.mock.calls.at(-1)![2] as { xaxis: { range: number[] } }).xaxis.range).toEqual([0, 120]);
  });

  it("offers a choice of metrics only where there are several", async () => {
    answers = [{ seq: 3, metrics: ["loss", "accuracy", "auc"], epoch: [[1, { ...values(0.4, 0.5), auc: 0.9, val_auc: 0.88 }]] }, { seq: 3, metrics: ["loss", "accuracy", "auc"] }];
    show();
    await wait(300);
    const chooser = parent.querySelector<HTMLSelectElement>("[aria-label='Metric of the lower chart']")!;
    expect([chooser.hidden, chooser.value]).toEqual([false, "accuracy"]);
    chooser.value = "auc";
    chooser.onchange!(new Event("change"));
    await wait(50);
    expect(parent.querySelectorAll(".frame")[1]!.getAttribute("aria-label")).toContain("AUC");
  });

  it("has a table of the last ten epochs for those who do not see it", async () => {
    answers = [{ seq: 30, epoch: Array.from({ length: 15 }, (_, e): [number, ReturnType<typeof values>] => [e, values(1 / (e + 1), 1)]) }, { seq: 30 }];
    show();
    await wait(300);
    expect(parent.querySelectorAll("tbody tr").length).toBe(10);
    expect(parent.querySelector("caption")!.textContent).toBe("The last ten epochs");
  });
});

describe("the end of a run", () => {
  it("tells once that a run turned to a state that the page does not show", async () => {
    answers = [{ seq: 3, state: "starting" }, { seq: 3, state: "running" }];
    show({ states: { a1: "starting" } });
    await wait(1200);
    expect(sent).toEqual([["turn", { run: "a1", state: "running" }]]);
    show({ states: { a1: "running" } });
    await wait(600);
    expect(sent).toHaveLength(1);
  });

  it("is told once, and ends the asking", async () => {
    show();
    await wait(300);
    answers = [{ seq: 9, state: "finished", epoch: [[2, values(0.3, 0.4)]] }, { seq: 9, state: "finished" }];
    await wait(1500);
    expect(sent).toEqual([["state", { run: "a1", state: "finished" }]]);
    const before = asked.length;
    show({ active: true });
    await wait(1000);
    show({ active: false });
    await wait(1000);
    expect(sent.length).toBe(1);
    expect(asked.length - before).toBeLessThanOrEqual(1);
  });

  it("brings the whole run once more, as what came bit by bit was thinned", async () => {
    show();
    await wait(300);
    const whole = { seq: 9, state: "finished", epoch: [0, 1, 2, 3].map((e): [number, ReturnType<typeof values>] => [e, values(0.4, 0.5)]) } as const;
    asked = [];
    answers = [{ seq: 9, state: "finished", epoch: [[3, values(0.3, 0.4)]] }, { ...whole, epoch: [...whole.epoch] }, { seq: 9, state: "finished" }];
    await wait(2000);
    expect(asked.map((url) => /after=(\d+)/.exec(url)![1])).toEqual(["3", "0", "9"]);
    expect(root().dataset.points).toBe("4");
  });

  it("is told even if it came before the first answer, when the page believed it to go on", async () => {
    answers = [{ seq: 9, state: "failed", message: "Training broke at step 212." }];
    show({ active: true });
    await wait(600);
    expect(sent).toEqual([["state", { run: "a1", state: "failed" }]]);
    expect(parent.querySelector(".message")!.textContent).toBe("Training broke at step 212.");
    expect(parent.querySelector(".message")!.classList.contains("fault")).toBe(true);
  });

  it("is not told when the page knew it already", async () => {
    answers = [{ seq: 9, state: "finished" }];
    show({ active: false });
    await wait(600);
    expect(sent).toEqual([]);
  });
});

describe("trouble on the line", () => {
  it("is told in words, asked about less and less often, and forgotten when it is over", async () => {
    show();
    await wait(300);
    answers = [500];
    const before = asked.length;
    await wait(10_000);
    expect(asked.length - before).toBeLessThanOrEqual(6);
    expect(parent.querySelector(".note")!.textContent).toMatch(/^Not connected\./);
    answers = [{ seq: 3 }];
    window.dispatchEvent(new Event("online"));
    await wait(300);
    expect(parent.querySelector(".note")!.textContent).not.toMatch(/Not connected/);
  });

  it("says that a run cannot be found, and asks no more", async () => {
    answers = [404];
    show();
    await wait(2000);
    expect(asked.length).toBe(1);
    expect(parent.querySelector(".message")!.textContent).toBe("Run 7 cannot be found. It may have been deleted.");
  });

  it("is asked every five seconds while nobody looks, for the tab's title", async () => {
    document.title = "Train · Layerloom";
    show();
    await wait(300);
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    const before = asked.length;
    await wait(4500);
    expect(asked.length).toBe(before);
    answers = [{ seq: 4, epoch: [[60, values(0.3, 0.4)]] }, { seq: 4 }];
    await wait(600);
    expect(asked.length).toBe(before + 1);
    expect(document.title).toBe("50 % moons-mlp · Layerloom");
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    await wait(100);
    expect(asked.length).toBe(before + 2);
    off();
    expect(document.title).toBe("Train · Layerloom");
  });

  it("is not asked for runs that are only compared while nobody looks", async () => {
    show({ mode: "overlay" });
    await wait(300);
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    const before = asked.length;
    await wait(12_000);
    expect(asked.length).toBe(before);
  });
});

describe("what little is asked", () => {
  it("goes on after an answer without news", async () => {
    answers = [{ seq: 3, epoch: [[0, values(0.7, 0.7)]] }, 204, 204, { seq: 4, epoch: [[1, values(0.4, 0.5)]] }, 204];
    show();
    await wait(1500);
    expect(root().dataset).toMatchObject({ points: "2", seq: "4", state: "running" });
  });

  it("is less for a run that rests", async () => {
    answers = [{ seq: 3, state: "paused" }, 204];
    show();
    await wait(3300);
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(parent.querySelector(".chip")!.textContent).toBe("paused");
  });

  it("is less for a run that has gone on for a minute", () => {
    const after = (elapsed: number): number => pauseMs(emptySeriesAfter(elapsed));
    expect([after(3), after(40), after(600)]).toEqual([250, 400, 500]);
  });

  it("brings earlier runs once, and draws them behind", async () => {
    const whole = { seq: 3, state: "finished" as const, epoch: [[0, values(0.7, 0.7)], [1, values(0.4, 0.5)]] as [number, ReturnType<typeof values>][] };
    answers = [whole, whole, { seq: 3, state: "finished" }];
    show({ active: false, ghosts: [{ id: "g1", label: "run 5" }] });
    await wait(1500);
    expect(asked.filter((url) => url.includes("/g1/")).length).toBeLessThanOrEqual(2);
    const ghost = (plotly.react.mock.calls.filter(([host]) => host === parent.querySelector(".plot")).at(-1)![1] as Record<string, unknown>[])
      .find((trace) => trace.name === "run 5");
    expect(ghost!.line).toMatchObject({ dash: "5px,4px" });
  });
});

describe("several runs", () => {
  const runs = [{ id: "a1", label: "run 7" }, { id: "b2", label: "run 8" }];

  it("have a legend whose buttons hide and show them", async () => {
    show({ runs, mode: "overlay" });
    await wait(400);
    const all = drawn().length;
    const buttons = parent.querySelectorAll<HTMLButtonElement>(".legend button");
    expect(Array.from(buttons, (button) => button.textContent)).toEqual(["run 7, goes on", "run 8, goes on"]);
    buttons[0]!.click();
    await wait(50);
    expect(drawn().length).toBeLessThan(all);
    expect(parent.querySelector("[data-run=a1]", )!.getAttribute("aria-pressed") ?? "").toBe("false");
    expect(root().dataset.run).toBe("a1 b2");
  });

  it("change in place when others are chosen", async () => {
    show({ runs, mode: "overlay" });
    await wait(300);
    const first = root();
    show({ runs: [...runs, { id: "c3", label: "run 9" }], mode: "overlay" });
    await wait(300);
    expect(root()).toBe(first);
    expect(root().dataset.run).toBe("a1 b2 c3");
    expect(parent.querySelectorAll("tbody tr").length).toBe(3);
  });
});
