/** The bar above the drawing: name, whether all is saved, undo, layout, find, open, export, faults, Train. */

import { type ReactNode, useEffect, useRef, useState } from "react";
import { counted } from "../words/numbers";
import { directionOf } from "../design/layout";
import { type Around, COMMANDS, allowed, commandOf } from "../state/commands";
import { useEditor, usePicked } from "../state/context";
import { faultsOf } from "../state/faults";
import { addNote } from "../state/noting";
import type { State } from "../state/state";
import type { Sync } from "../wire";
import { Glyph } from "./Glyph";
import { type Item, Menu } from "./Menu";

const KEY = /Mac|iP/.test(typeof navigator === "undefined" ? "" : navigator.platform) ? "Cmd" : "Ctrl";

export function Bar() {
  const editor = useEditor();
  const past = usePicked((state) => state.history.past.at(-1)?.label);
  const future = usePicked((state) => state.history.future[0]?.label);
  const right = usePicked((state) => directionOf(state.shown) === "right");
  const several = usePicked((state) => state.selected.size + state.notes.size > 1);
  return (
    <div className="bar" role="toolbar" aria-label="Drawing">
      <Name />
      <Status />
      <span className="spring" />
      <Tool glyph="undo" label={`Undo${past ? ` ${past}` : ""} (${KEY} Z)`} off={past === undefined} run={() => editor.undo()} testid="undo" />
      <Tool glyph="redo" label={`Redo${future ? ` ${future}` : ""} (${KEY} Shift Z)`} off={future === undefined} run={() => editor.redo()} testid="redo" />
      <span className="bar-line" />
      <Tool glyph="layout" label={several ? "Lay out what is selected (L)" : "Lay out (L)"} run={() => editor.arrange()} testid="auto-layout" />
      <Tool
        glyph={right ? "turn_down" : "turn_right"}
        label={right ? "Turn the drawing downwards (Shift L)" : "Turn the drawing to the right (Shift L)"}
        run={() => commandOf("direction").run(editor, NOWHERE)}
        testid="direction"
      />
      {several && <Align />}
      <Tool
        glyph="note"
        label="Add a note (M)"
        run={() => addNote(editor, editor.middle())}
        testid="add-note"
      />
      <Tool
        glyph="search"
        label={`Find in the drawing (${KEY} F)`}
        run={() => editor.set({ dialog: { kind: "find" } })}
        testid="find"
      />
      <span className="bar-line" />
      <Open />
      <Export />
      <Faults />
      <Train />
    </div>
  );
}

/** For commands that need nothing of the page around. */
const NOWHERE: Around = { train: nothing, inspect: nothing, rename: nothing, clipboard: nothing, menu: nothing };
function nothing(): void {}

/** Lines up what is selected: shown while there is more than one thing. */
function Align() {
  const editor = useEditor();
  const items = COMMANDS.filter((command) => command.id.startsWith("align-") && allowed(command, editor));
  return (
    <Menu
      label="Align"
      className="tool"
      testid="align-menu"
      face={<Glyph name="align_left" />}
      items={items.map((command) => ({
        label: command.title,
        glyph: command.glyph,
        run: () => command.run(editor, NOWHERE),
        testid: command.id,
      }))}
    />
  );
}

function Tool({
  glyph,
  label,
  run,
  off = false,
  testid,
}: {
  glyph: string;
  label: string;
  run: () => void;
  off?: boolean;
  testid: string;
}) {
  return (
    <button
      type="button"
      className="tool"
      aria-label={label}
      title={label}
      aria-disabled={off}
      data-testid={testid}
      onClick={() => !off && run()}
    >
      <Glyph name={glyph} />
    </button>
  );
}

function Name() {
  const editor = useEditor();
  const stored = usePicked((state) => state.data?.name ?? "");
  const [typed, setTyped] = useState<string | null>(null);
  const [sent, setSent] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setSent(null), [stored]);
  useEffect(() => void field.current?.select(), [typed === null]);
  const finish = (keep: boolean): void => {
    const name = typed?.trim();
    setTyped(null);
    if (!keep || !name || name === stored) return;
    setSent(name);
    editor.act({ name: "rename", text: name.slice(0, 200) });
  };
  if (typed === null) {
    return (
      <button type="button" className="name" title="Rename" data-testid="project-name" onClick={() => setTyped(sent ?? stored)}>
        {sent ?? stored}
      </button>
    );
  }
  return (
    <input
      ref={field}
      className="name-field"
      aria-label="Name of the project"
      data-testid="project-name-field"
      value={typed}
      autoFocus
      maxLength={200}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish(true);
        if (event.key === "Escape") finish(false);
      }}
    />
  );
}

const SYNC_WORDS: Record<Sync, string> = {
  "in sync": "Saved, in sync",
  saving: "Saving, in sync",
  checking: "checking…",
  offline: "Not connected. Your drawing is kept here; it is sent when the line is back.",
  engine_down: "The check is starting again. Your drawing is safe.",
};

function Status() {
  const sync = usePicked((state) => (state.data ? state.sync : "checking"));
  const glyph = { "in sync": "check", saving: "check", checking: "hour", offline: "warn", engine_down: "warn" }[sync];
  return (
    <span
      className={`status status-${sync.replace(" ", "-")}`}
      role="status"
      aria-live="polite"
      data-testid="canvas-status"
      title={SYNC_WORDS[sync]}
    >
      <Glyph name={glyph} size={15} /> <span className="status-text">{SYNC_WORDS[sync]}</span>
    </span>
  );
}

/** "20 Nov, 16:42:07" in the reader's own way of writing it. */
function moment(seconds: number): string {
  const parts = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  return new Date(seconds * 1000).toLocaleString(undefined, parts);
}

function Open() {
  const editor = useEditor();
  const templates = usePicked((state) => state.data?.templates);
  const projects = usePicked((state) => state.data?.projects);
  const project = usePicked((state) => state.data?.project);
  const versions = usePicked((state) => state.data?.versions);
  const others = (projects ?? []).filter((other) => other.id !== project).slice(0, 8);
  const file = useRef<HTMLInputElement>(null);
  const items: (Item | "line" | { heading: string })[] = [
    { label: "Open a file", hint: "json", run: () => file.current?.click(), testid: "open-file" },
    { label: "Empty canvas", run: () => editor.act({ name: "new" }), testid: "open-empty" },
    ...(templates?.length ? (["line", { heading: "Templates" }] as const) : []),
    ...(templates ?? []).map((template) => ({
      label: template.title,
      run: () => editor.act({ name: "template", template: template.name }),
      testid: `open-template-${template.name}`,
    })),
    ...(others.length ? (["line", { heading: "Projects" }] as const) : []),
    ...others.map((other) => ({
      label: other.name,
      run: () => editor.act({ name: "project", project: other.id }),
      testid: `open-project-${other.id}`,
    })),
    ...(versions?.length ? (["line", { heading: "Kept versions" }] as const) : []),
    ...(versions ?? []).slice(0, 8).map(({ id, saved_at }) => ({
      label: `Drawing of ${moment(saved_at)}`,
      run: () => editor.act({ name: "version", version: id }),
      testid: `open-version-${id}`,
    })),
  ];
  return (
    <>
      <Menu
        label="Open"
        testid="open-menu"
        items={items}
        face={
          <>
            Open <Glyph name="down" size={15} />
          </>
        }
      />
      <input
        ref={file}
        type="file"
        hidden
        data-testid="open-file-input"
        accept=".json,application/json"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) void readInto(editor, chosen);
          event.target.value = "";
        }}
      />
    </>
  );
}

const LARGEST = 2_000_000;

async function readInto(editor: ReturnType<typeof useEditor>, file: File): Promise<void> {
  if (file.size > LARGEST)
    return editor.set({ notice: { severity: "warning", text: `${file.name} is larger than 2 MB; a drawing is far smaller.` } });
  editor.act({ name: "open", text: await file.text(), filename: file.name });
}

function Export() {
  const url = usePicked((state) => state.data?.export_url ?? "");
  const link = (format: string): string => `${url}${url.includes("?") ? "&" : "?"}format=${format}`;
  const items: Item[] = [
    { label: "Python code", hint: ".py", href: link("python"), testid: "export-python" },
    { label: "Drawing", hint: ".json", href: link("json"), testid: "export-json" },
    { label: "Project with data and settings", hint: ".json", href: link("project"), testid: "export-project" },
    { label: "Keras model, untrained", hint: ".keras", href: link("keras"), testid: "export-keras" },
  ];
  return (
    <Menu
      label="Export"
      testid="export-menu"
      items={items}
      face={
        <>
          <Glyph name="export" size={17} /> Export <Glyph name="down" size={15} />
        </>
      }
    />
  );
}

function Faults() {
  const editor = useEditor();
  const faults = usePicked((state) => faultsOf(state).length);
  if (!faults) return null;
  return (
    <button
      type="button"
      className="faults"
      data-testid="fault-count"
      title="Go to the next one (N)"
      onClick={() => editor.nextFault()}
    >
      <Glyph name="fault" size={16} /> {counted(faults, "fault")}
    </button>
  );
}

/** Why training cannot begin, in words; null when it can. */
export function trainReason(state: State): string | null {
  const { data, history } = state;
  if (!data) return "Reading the drawing.";
  if (!history.present.nodes.length) return "The canvas is empty. Drag an input here, or start from a template.";
  const [fault, ...more] = faultsOf(state);
  if (fault) return `${fault.message}${more.length ? ` And ${counted(more.length, "more fault")}.` : ""}`;
  const misfit = data.fit.find((issue) => issue.severity === "error");
  if (misfit) return `${misfit.message}${misfit.fix ? ` ${misfit.fix}` : ""}`;
  if (state.sync === "offline") return "Not connected.";
  if (state.sync === "engine_down") return "The check is starting again.";
  return state.sync === "checking" ? "Checking the last change." : null;
}

function Train() {
  const editor = useEditor();
  const reason = usePicked(trainReason);
  return (
    <Explained reason={reason}>
      <button
        type="button"
        className="train"
        data-testid="train-button"
        aria-disabled={reason !== null}
        aria-describedby={reason ? "train-reason" : undefined}
        onClick={() => reason === null && editor.act({ name: "train" })}
      >
        <Glyph name="play" size={15} /> Train
      </button>
    </Explained>
  );
}

/** Shows why something is off while it is pointed at or focused. */
function Explained({ reason, children }: { reason: string | null; children: ReactNode }) {
  return (
    <span className="explained">
      {children}
      {reason && (
        <span className="bubble" role="tooltip" id="train-reason" data-testid="train-reason">
          {reason}
        </span>
      )}
    </span>
  );
}
