/** What came into a faulty layer, from where, with the numbers that differ in red; and why it cannot be. */

import { type Edge, indexOf } from "../design/document";
import { into } from "../design/graph";
import { designAt } from "../design/nesting";
import type { Issue } from "../protocol";
import { useEditor } from "../state/context";
import type { Editor } from "../state/editor";
import { type Shape, shapeList } from "../words/numbers";
import { remainder, teaching } from "../words/teaching";

interface Came {
  readonly from: string;
  readonly shape: Shape;
}

const MOST = 6;

export function WhatCame({ issue }: { issue: Issue }) {
  const editor = useEditor();
  const came = whatCame(editor, issue);
  const type = typeOf(editor, issue);
  const rest = came.length ? "" : remainder(issue);
  return (
    <>
      {came.length > 0 && (
        <dl className="came">
          {came.slice(0, MOST).map(({ from, shape }, row) => (
            <div key={row}>
              <dt>from {from}</dt>
              <dd>
                <Sizes shape={shape} others={came.map((other) => other.shape)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="teaching">
        {rest && <>{rest} </>}
        {teaching(issue, type, came.length)}
      </p>
    </>
  );
}

function Sizes({ shape, others }: { shape: Shape; others: readonly Shape[] }) {
  if (!shape.length) return <>one number</>;
  return (
    <>
      {shape.map((size, axis) => (
        <span key={axis}>
          {axis > 0 && "×"}
          <span className={differs(shape, others, axis) ? "differs" : undefined}>{size === null ? "n" : size}</span>
        </span>
      ))}
    </>
  );
}

/** Whether this length is not the same in all; with other numbers of axes every length is another. */
export function differs(shape: Shape, others: readonly Shape[], axis: number): boolean {
  return others.some((other) => other.length !== shape.length || other[axis] !== shape[axis]);
}

function typeOf(editor: Editor, issue: Issue): string {
  const { design, id } = around(editor, issue);
  return (design && indexOf(design).get(id)?.type) ?? "";
}

function around(editor: Editor, issue: Issue) {
  const ids = (issue.node ?? "").split("/");
  return { design: designAt(editor.whole, ids.slice(0, -1)), id: ids[ids.length - 1]!, start: ids.slice(0, -1).map((part) => `${part}/`).join("") };
}

/** The shapes that come in, where they are what the fault is about. */
function whatCame(editor: Editor, issue: Issue): readonly Came[] {
  const { design, id, start } = around(editor, issue);
  if (!design || issue.code !== "shape_mismatch") return [];
  const answers = editor.state.data?.annotations ?? {};
  return into(design, id).flatMap((edge: Edge) => {
    const shape = shapeList(answers[start + edge.source]?.shape)[edge.source_port ?? 0];
    return shape ? [{ from: edge.source, shape }] : [];
  });
}
