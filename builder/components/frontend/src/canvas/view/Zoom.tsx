/** Zoom buttons at the lower left. */

import { useViewport } from "@xyflow/react";
import { useEditor } from "../state/context";
import { Glyph } from "./Glyph";

export function Zoom() {
  const editor = useEditor();
  const { zoom } = useViewport();
  return (
    <div className="zoom" role="group" aria-label="Zoom">
      <button type="button" aria-label="Smaller" title="Smaller" onClick={() => editor.stage?.zoom("out")}>
        <Glyph name="minus" />
      </button>
      <button
        type="button"
        className="zoom-share"
        aria-label="To 100 %"
        title="To 100 % (1)"
        data-testid="zoom"
        onClick={() => editor.stage?.zoom("full")}
      >
        {Math.round(zoom * 100)} %
      </button>
      <button type="button" aria-label="Larger" title="Larger" onClick={() => editor.stage?.zoom("in")}>
        <Glyph name="plus" />
      </button>
      <button
        type="button"
        aria-label="Show all"
        title="Show all (F)"
        data-testid="fit"
        onClick={() => editor.showAll()}
      >
        <Glyph name="fit" />
      </button>
    </div>
  );
}
