/** What must be said over the drawing: notices, a drawing that was kept, two tabs that disagree. */

import type { ReactNode } from "react";
import { useEditor, usePicked } from "../state/context";
import { counted } from "../words/numbers";
import { Glyph } from "./Glyph";

export function Banners() {
  return (
    <div className="banners">
      <Conflict />
      <Offer />
      <Note />
    </div>
  );
}

function Line({ severity, children, testid }: { severity: string; children: ReactNode; testid: string }) {
  const glyph = severity === "error" || severity === "fault" ? "fault" : severity === "warning" ? "warn" : "info";
  return (
    <div className={`banner sev-${severity}`} role="status" data-testid={testid}>
      <Glyph name={glyph} size={17} />
      {children}
    </div>
  );
}

function Conflict() {
  const editor = useEditor();
  const conflict = usePicked((state) => state.data?.conflict ?? null);
  if (!conflict) return null;
  return (
    <Line severity="warning" testid="conflict">
      <span>This project was also changed in another window. Which drawing shall stay?</span>
      <button type="button" className="button" onClick={() => editor.act({ name: "resolve", keep: "mine" })}>
        Keep mine
      </button>
      <button type="button" className="button" onClick={() => editor.act({ name: "resolve", keep: "theirs" })}>
        Take the other
      </button>
    </Line>
  );
}

function Offer() {
  const editor = useEditor();
  const offer = usePicked((state) => state.offer);
  if (!offer) return null;
  return (
    <Line severity="info" testid="offer">
      <span>A drawing with {counted(offer.design.nodes.length, "layer")} was kept here that was never saved.</span>
      <button type="button" className="button" onClick={() => editor.restore()}>
        Show it
      </button>
      <button type="button" className="button" onClick={() => editor.dismissOffer()}>
        Drop it
      </button>
    </Line>
  );
}

function Note() {
  const editor = useEditor();
  const notice = usePicked((state) => state.notice);
  if (!notice) return null;
  return (
    <Line severity={notice.severity} testid="canvas-notice">
      <span>{notice.text}</span>
      <button type="button" className="tool" aria-label="Close" onClick={() => editor.set({ notice: null })}>
        <Glyph name="x" size={15} />
      </button>
    </Line>
  );
}
