/** The component as Streamlit mounts it: one editor and one React root, fed again with each new data. */

import { createRoot, type Root } from "react-dom/client";
import flowCss from "@xyflow/react/dist/base.css?inline";
import tokensCss from "../tokens.css?inline";
import analysisCss from "./style/analysis.css?inline";
import blocksCss from "./style/blocks.css?inline";
import contrastCss from "./style/contrast.css?inline";
import drawingCss from "./style/drawing.css?inline";
import faultCss from "./style/fault.css?inline";
import finderCss from "./style/finder.css?inline";
import frameCss from "./style/frame.css?inline";
import liveCss from "./style/live.css?inline";
import inspectorCss from "./style/inspector.css?inline";
import paletteCss from "./style/palette.css?inline";
import { served, type ServedCatalog } from "./design/catalog";
import { positioned } from "./page/bleed";
import { appearance } from "./page/theme";
import { EditorContext } from "./state/context";
import { Editor } from "./state/editor";
import type { CanvasData } from "./protocol";
import { App } from "./view/App";
import { Guard } from "./view/Guard";

interface Given {
  data: CanvasData;
  parentElement: ShadowRoot | HTMLElement;
  setTriggerValue(name: string, value: unknown): void;
}

interface Mounted {
  root: Root;
  host: HTMLElement;
  leave(): void;
}

const mounts = new WeakMap<Given["parentElement"], Mounted>();
let send: Given["setTriggerValue"] = () => undefined;
/** While Streamlit hands over data it takes no triggers; they wait for the next turn. */
let receiving = false;
/** Outlives a mount, so that undo and view survive a visit to another page. */
let editor: Editor | null = null;

export default function canvas({ data, parentElement, setTriggerValue }: Given): () => void {
  send = setTriggerValue;
  editor ??= new Editor(browserHost());
  stay(parentElement);
  const fresh = !mounts.has(parentElement);
  const mounted = mounts.get(parentElement) ?? mount(parentElement, editor);
  mounts.set(parentElement, mounted);
  mounted.host.dataset.theme = appearance(mounted.host);
  void readCatalog(editor, data?.catalog_url);
  receiving = true;
  if (data) editor.receive(data, fresh);
  receiving = false;
  return () => leaveSoon(parentElement);
}

/** Streamlit sometimes ends the component and begins it anew at once, in the same place: keys pressed in between must not be lost. */
const LEAVING_MS = 300;
let leaving: { parent: Given["parentElement"]; timer: number } | null = null;

function leaveSoon(parent: Given["parentElement"]): void {
  if (leaving) leave();
  leaving = { parent, timer: window.setTimeout(leave, LEAVING_MS) };
}

function leave(): void {
  if (!leaving) return;
  window.clearTimeout(leaving.timer);
  unmount(leaving.parent);
  leaving = null;
}

/** It begins again: in the same place nothing has happened, elsewhere the old one ends first. */
function stay(parent: Given["parentElement"]): void {
  if (leaving && leaving.parent !== parent) leave();
  else if (leaving) window.clearTimeout(leaving.timer);
  leaving = null;
}

function mount(parent: Given["parentElement"], editor: Editor): Mounted {
  const style = document.createElement("style");
  style.textContent = [tokensCss, flowCss, frameCss, finderCss, paletteCss, drawingCss, faultCss, blocksCss, inspectorCss, analysisCss, liveCss, contrastCss].join("\n");
  const host = document.createElement("div");
  host.className = "ll";
  parent.append(style, host);
  const root = createRoot(host);
  const leave = positioned(host, (compact) => compact !== editor.state.compact && editor.set({ compact }));
  root.render(
    <Guard>
      <EditorContext value={editor}>
        <App />
      </EditorContext>
    </Guard>,
  );
  requestAnimationFrame(() => takeKeyboardBack(editor));
  return { root, host, leave };
}

/** How long after an end a new mount counts as the same visit. */
const SAME_VISIT_MS = 3000;
let leftWithKeyboard = -Infinity;

/** Streamlit may end the component and mount it anew between two key presses: the keyboard then comes back. */
function takeKeyboardBack(editor: Editor, tries = 20): void {
  if (performance.now() - leftWithKeyboard > SAME_VISIT_MS || document.activeElement !== document.body) return;
  if (editor.stage) editor.focus();
  else if (tries) requestAnimationFrame(() => takeKeyboardBack(editor, tries - 1));
}

function unmount(parent: Given["parentElement"]): void {
  const mounted = mounts.get(parent);
  if (!mounted) return;
  if (parent instanceof ShadowRoot && parent.activeElement) leftWithKeyboard = performance.now();
  mounts.delete(parent);
  editor?.wire.stop();
  mounted.leave();
  mounted.root.unmount();
  parent.replaceChildren();
}

let asked = "";

/** Reads the catalogue once for each address; its address changes when it does. */
async function readCatalog(editor: Editor, url: string | undefined): Promise<void> {
  if (!url || url === asked) return;
  asked = url;
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    editor.set({ catalog: served((await answer.json()) as ServedCatalog) });
  } catch {
    asked = "";
    setTimeout(() => void readCatalog(editor, url), 2000);
  }
}

function browserHost(): ConstructorParameters<typeof Editor>[0] {
  return {
    client: randomId(),
    send: (name, value) => void (receiving ? setTimeout(() => send(name, value)) : send(name, value)),
    later: (run, ms) => window.setTimeout(run, ms),
    cancel: (timer) => window.clearTimeout(timer as number),
    read: (key) => guarded(() => localStorage.getItem(key)),
    write: (key, text) => void guarded(() => (text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text))),
  };
}

/** Storage may be forbidden or full: the canvas then works without it. */
function guarded<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch {
    return null;
  }
}

/** `crypto.randomUUID` is missing on plain http beyond localhost; random values are not. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
