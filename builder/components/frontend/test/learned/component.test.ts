// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LearnedData } from "../../src/learned/types";
import { frame, packed, rows, SLOPE } from "./examples";

const { default: learned } = await import("../../src/learned/main");

interface Reply {
  status: number;
  content?: Uint8Array;
  state?: string;
  bytes?: number;
}

let parent: ShadowRoot;
let replies: Reply[];
let asked: string[];
let off: () => void;
let stamps = 0;
let inView: (isIntersecting: boolean) => void;

const hidden = { layer: "hidden", type: "Dense", of: 2, width: 2, height: 2, middle: 0, reach: [1, 0] };
const plain = packed(frame(), [{ width: 4, values: SLOPE }]);
const detailed = packed(frame({ units: [hidden] }), [
  { width: 4, values: SLOPE }, { width: 2, values: [1, 255, 128, 7] }, { width: 2, values: [128, 128, 128, 128] },
]);
const data = (rest: Partial<LearnedData> = {}): LearnedData => ({ api: "/api/runs/", run: "a1", active: true, ...rest });
const show = (rest: Partial<LearnedData> = {}): void => void (off = learned({ data: data(rest), parentElement: parent }));
const find = <Kind extends HTMLElement>(id: string): Kind => parent.querySelector<Kind>(`[data-testid=${id}]`)!;
const wait = (ms: number): Promise<void> => vi.advanceTimersByTimeAsync(ms).then(() => undefined);
const pictures = (): string[] => asked.filter((url) => url.includes("picture"));

function reply(url: string): Response {
  asked.push(url);
  if (url.endsWith("rows2d")) return new Response(JSON.stringify(rows()), { status: 200 });
  const next = replies.length > 1 ? replies.shift()! : replies[0]!;
  const headers = {
    "layerloom-state": next.state ?? "running", "layerloom-best": "", "layerloom-stamp": String((stamps += 1)),
    "content-length": String(next.bytes ?? 500),
  };
  return new Response(next.content ? (next.content.slice().buffer as ArrayBuffer) : null, { status: next.status, headers });
}

beforeEach(() => {
  vi.useFakeTimers();
  [asked, stamps, replies] = [[], 0, [{ status: 200, content: plain }]];
  vi.stubGlobal("fetch", vi.fn(async (url: string) => reply(url)));
  vi.stubGlobal("IntersectionObserver", class {
    constructor(told: (seen: { isIntersecting: boolean }[]) => void) {
      inView = (isIntersecting) => told([{ isIntersecting }]);
    }
    observe(): void { /* in view until told otherwise */ }
    disconnect(): void { /* nothing to end */ }
  });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  const host = document.createElement("div");
  document.body.append(host);
  parent = host.attachShadow({ mode: "open" });
});

afterEach(() => {
  off();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("a picture that follows its run", () => {
  it("fetches the rows once and asks on with the stamp of the last answer", async () => {
    show();
    await wait(300);
    expect(asked.filter((url) => url.endsWith("rows2d"))).toHaveLength(1);
    expect(pictures().slice(0, 3)).toEqual([
      "/api/runs/a1/picture?after=&units=0", "/api/runs/a1/picture?after=1&units=0", "/api/runs/a1/picture?after=2&units=0"]);
    expect(find("learned-epoch").textContent).toBe("epoch 62");
    expect(find("learned-field").getAttribute("aria-label")).toContain("right on 94.0");
  });

  it("asks fourteen times a second at most, and seldom enough for its bytes", async () => {
    show();
    await wait(1000);
    expect(pictures().length).toBeLessThanOrEqual(15);
    replies = [{ status: 200, content: plain, bytes: 24_000 }];
    await wait(600);
    asked.length = 0;
    await wait(2000);
    expect(pictures().length).toBeLessThanOrEqual(4);
  });

  it("stops when the run is over and nothing is new, and goes on when the page says that the run does", async () => {
    replies = [{ status: 200, content: plain, state: "finished" }, { status: 204, state: "finished" }];
    show({ active: false });
    await wait(2000);
    expect(pictures()).toHaveLength(2);
    show({ active: true });
    await wait(50);
    expect(pictures()).toHaveLength(3);
  });

  it("asks nothing while it is out of view or hidden", async () => {
    show();
    await wait(200);
    inView(false);
    const before = pictures().length;
    await wait(3000);
    expect(pictures()).toHaveLength(before);
    inView(true);
    await wait(100);
    expect(pictures().length).toBeGreaterThan(before);
  });

  it("tries again after a broken line, ever more seldom", async () => {
    replies = [{ status: 502 }];
    show();
    await wait(4000);
    expect(pictures().length).toBeGreaterThan(2);
    expect(pictures().length).toBeLessThan(6);
  });

  it("leaves another run's picture behind", async () => {
    show();
    await wait(200);
    replies = [{ status: 204 }];
    show({ run: "b2" });
    await wait(100);
    expect(pictures().at(-1)).toBe("/api/runs/b2/picture?after=&units=0");
    expect(find("learned-epoch").textContent).toBe("");
  });

  it("lets no bare key out to Streamlit", async () => {
    show();
    const heard = vi.fn();
    document.addEventListener("keydown", heard);
    find("learned").dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true, composed: true }));
    document.removeEventListener("keydown", heard);
    expect(heard).not.toHaveBeenCalled();
  });
});

it("arrows ask about a place and Escape leaves it", async () => {
  show();
  await wait(100);
  const press = (key: string): boolean => parent.querySelector(".frame")!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  expect(press("ArrowUp")).toBe(false);
  await wait(50);
  expect(find("learned-status").textContent).toMatch(/^x 0\.00, y 0\.00: \d+\.\d\s% (violet|green)$/);
  expect(find("learned-status").getAttribute("aria-live")).toBe("polite");
  press("Escape");
  await wait(50);
  expect(find("learned-status").textContent).toContain("Right: training");
  expect(press("Enter")).toBe(true);
});

describe("hidden units", () => {
  const button = (): HTMLButtonElement => parent.querySelector<HTMLButtonElement>("button.toggle")!;
  const tiles = (): HTMLButtonElement[] => [...parent.querySelectorAll<HTMLButtonElement>("[data-testid=unit]")];

  it("are asked for only once they are opened, and come in columns by layer", async () => {
    show();
    await wait(100);
    replies = [{ status: 200, content: detailed }];
    button().click();
    await wait(200);
    expect(pictures().at(-1)).toContain("units=1");
    expect(button().getAttribute("aria-expanded")).toBe("true");
    expect(tiles().map((tile) => tile.getAttribute("aria-label")!.split(".")[0])).toEqual(["hidden, unit 1 of 2", "hidden, unit 2 of 2"]);
    expect(tiles().map((tile) => tile.classList.contains("silent"))).toEqual([false, true]);
  });

  it("are walked through by arrows and shown large; Escape closes them", async () => {
    replies = [{ status: 200, content: detailed }];
    show();
    button().click();
    await wait(200);
    tiles()[0]!.focus();
    tiles()[0]!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    await wait(50);
    expect(find("learned-epoch").textContent).toBe("hidden, unit 2 of 2");
    expect(tiles().map((tile) => tile.tabIndex)).toEqual([-1, 0]);
    tiles()[1]!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await wait(50);
    expect(button().getAttribute("aria-expanded")).toBe("false");
    expect(find("learned-epoch").textContent).toBe("epoch 62");
  });
});
