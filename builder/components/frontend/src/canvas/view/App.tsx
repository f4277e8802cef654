/** The whole canvas: bar, palette, drawing, inspector, strip; and what the keyboard does in it. */

import { type KeyboardEvent, useEffect, useRef } from "react";
import { useFollowing } from "../live-layers/use";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import type { Around } from "../state/commands";
import { press } from "../state/keys";
import { Bar, trainReason } from "./Bar";
import { useClipboard } from "./clipping";
import { AnalysisPanel } from "./AnalysisPanel";
import { ContextMenu, menuAtSelection } from "./ContextMenu";
import { Doing } from "./doing";
import { HistogramPanel } from "./HistogramPanel";
import { Finder } from "./Finder";
import { Inspector } from "./Inspector";
import { KeySheet } from "./KeySheet";
import { type PointerAt, usePageKeys, usePointer } from "./pageKeys";
import { Palette } from "./Palette";
import { RepeatDialog } from "./RepeatDialog";
import { Spoken } from "./Spoken";
import { Strip } from "./Strip";
import { Surface } from "./Surface";

export function App() {
  const editor = useEditor();
  const dialog = usePicked((state) => state.dialog);
  const compact = usePicked((state) => state.compact);
  const root = useRef<HTMLDivElement>(null);
  const pointer = usePointer(editor);
  useFocusOnChosen(root);
  useClipboard(root);
  useKeptFocus(root);
  useFollowing();
  usePageKeys(root, (key) => press(editor, around(editor, root.current!, pointer), key));
  const keys = (event: KeyboardEvent): void => keyed(editor, around(editor, root.current!, pointer), event);
  return (
    <div ref={root} className={`app${compact ? " app-compact" : ""}`} onKeyDown={keys}>
      <Bar />
      <div className="middle">
        <Palette />
        <Surface />
        <Doing value={() => around(editor, root.current!, pointer)}>
          <Inspector />
        </Doing>
      </div>
      <AnalysisPanel />
      <HistogramPanel />
      <Strip />
      <Spoken />
      {dialog?.kind === "repeat" && <RepeatDialog />}
      {dialog && dialog.kind !== "keys" && dialog.kind !== "menu" && dialog.kind !== "repeat" && <Finder key={dialog.kind} dialog={dialog} />}
      {dialog?.kind === "keys" && <KeySheet />}
      {dialog?.kind === "menu" && <ContextMenu dialog={dialog} around={around(editor, root.current!, pointer)} />}
    </div>
  );
}

const TYPED = new Set(["INPUT", "TEXTAREA", "SELECT"]);
/** Keys that may leave: Space is held to drag the view, the others do nothing by themselves. */
const MODIFIERS = new Set(["Shift", "Control", "Meta", "Alt", "CapsLock", " "]);

/** Keys without Ctrl never leave the component: Streamlit would rerun on r and clear its caches on c. */
function keyed(editor: Editor, around: Around, event: KeyboardEvent): void {
  const ctrl = event.ctrlKey || event.metaKey;
  if (!ctrl && !MODIFIERS.has(event.key)) event.stopPropagation();
  if (event.defaultPrevented) return;
  const target = event.target as HTMLElement;
  const key = { key: event.key, ctrl, shift: event.shiftKey, alt: event.altKey };
  if (TYPED.has(target.tagName)) {
    if (event.key === "Escape") editor.focus();
    else if (ctrl && leavesField(event.key, target) && press(editor, around, key)) event.preventDefault();
    return;
  }
  if (editor.state.dialog && event.key !== "Escape") return;
  if (!ctrl && (event.key === "Enter" || event.key === " ") && target.closest("button, a")) return;
  if (press(editor, around, key)) event.preventDefault();
}

/** Keys that mean the drawing though the keyboard is in a field: undo too, unless something is half typed there. */
function leavesField(key: string, field: HTMLElement): boolean {
  if (["k", "f", "Enter"].includes(key)) return true;
  return ["z", "Z", "y"].includes(key) && (field.tagName === "SELECT" || field.dataset.untouched === "true");
}

function around(editor: Editor, root: HTMLElement, pointer: PointerAt): Around {
  return {
    pointer,
    train: () => trainReason(editor.state) === null && editor.act({ name: "train" }),
    inspect: () =>
      (
        root.querySelector<HTMLElement>(".inspector .field :is(input, textarea, [role=switch], [role=combobox], [aria-checked=true])") ??
        root.querySelector<HTMLElement>(".inspector button")
      )?.focus(),
    rename: () => root.querySelector<HTMLElement>("[data-testid=node-name]")?.click(),
    clipboard: (what) => void document.execCommand(what),
    menu: () => menuAtSelection(editor, root),
  };
}

/** A node that is reached by arrow keys gets the keyboard, so that it is spoken. */
function useFocusOnChosen(root: { current: HTMLDivElement | null }): void {
  const editor = useEditor();
  const goTo = usePicked((state) => state.goTo);
  useEffect(() => {
    if (!goTo || !root.current) return;
    const shadow = root.current.getRootNode() as ShadowRoot;
    const busy = shadow.activeElement;
    if (busy && !busy.closest(".surface")) return;
    const node = [...root.current.querySelectorAll<HTMLElement>(".react-flow__node")].find(
      (element) => element.dataset.id === goTo.id,
    );
    node?.focus({ preventScroll: true });
  }, [goTo, root, editor]);
}

/** Keeps the keyboard in the component: where the thing that had it is gone, the drawing gets it. */
function useKeptFocus(root: { current: HTMLDivElement | null }): void {
  const editor = useEditor();
  useEffect(() => {
    const shadow = root.current!.getRootNode() as ShadowRoot;
    let last: Element | null = null;
    const seen = (event: Event): void => {
      last = event.target as Element;
    };
    const left = (event: Event): void => {
      if ((event as FocusEvent).relatedTarget) last = null;
    };
    const check = (): void => {
      if (!last || last.isConnected || shadow.activeElement) return;
      last = null;
      editor.focus();
    };
    const watch = new MutationObserver(check);
    watch.observe(root.current!, { childList: true, subtree: true });
    root.current!.addEventListener("focusin", seen);
    root.current!.addEventListener("focusout", left);
    return () => watch.disconnect();
  }, [root, editor]);
}
