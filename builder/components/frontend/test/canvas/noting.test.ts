// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { positionOf } from "../../src/canvas/design/document";
import { NOTE_SIZE, notesOf } from "../../src/canvas/design/notes";
import type { Editor } from "../../src/canvas/state/editor";
import { addNote } from "../../src/canvas/state/noting";
import { answer, chain } from "./drawings";
import { editorTold } from "./editors";

function drawn(): Editor {
  return editorTold(answer({ design: chain("in", "a", "b") }));
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});

describe("a new note", () => {
  it("stands where it was asked for when nothing is there", () => {
    const editor = drawn();
    addNote(editor, [800, 100]);
    const [x, y] = notesOf(editor.design)[0]!.position;
    expect([Math.abs(x + NOTE_SIZE[0] / 2 - 800) <= 8, Math.abs(y + NOTE_SIZE[1] / 2 - 100) <= 8]).toEqual([true, true]);
  });

  it("covers no layer, wherever it was asked for", () => {
    for (const at of [[0, 0], [130, 120], [260, 200], [-60, 90]] as const) {
      const editor = drawn();
      addNote(editor, at);
      const [x, y] = notesOf(editor.design)[0]!.position;
      const covered = editor.design.nodes.filter((node) => {
        const [left, top] = positionOf(node);
        return left < x + NOTE_SIZE[0] && x < left + 264 && top < y + NOTE_SIZE[1] && y < top + 52;
      });
      expect(covered).toEqual([]);
    }
  });
});
