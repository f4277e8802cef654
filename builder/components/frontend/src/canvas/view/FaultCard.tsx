/** The card of a fault: what came in, why it cannot be, and repairs that one click carries out. */

import { useStore } from "@xyflow/react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { nodeOf, positionOf } from "../design/document";
import { extraHeight } from "../design/inside";
import type { Issue, Repair } from "../protocol";
import { useEditor, usePicked } from "../state/context";
import type { Editor } from "../state/editor";
import { type Card, anchorOf, closeCard, isFresh, mend, repairsAt, troubleAt } from "../state/mending";
import { checked, difference, headline } from "../words/teaching";
import { Glyph } from "./Glyph";
import { WhatCame } from "./WhatCame";
import { type Area, type CardPlace, cardPlace } from "./cardPlace";
import { issueHeight } from "./issues";
import { useNewestFault } from "./newestFault";

export function FaultCard() {
  useNewestFault();
  const card = usePicked((state) => state.card);
  const issue = usePicked((state) => (state.card ? troubleAt(state, state.card.node) : undefined));
  const busy = usePicked((state) => state.dialog !== null || state.dragging !== null || state.refused !== null);
  const here = usePicked((state) => state.card !== null && (state.card.node === "" || anchorOf(state.path, state.card.node) !== null));
  if (!card || !issue || busy || !here) return null;
  return <Placed key={card.node} card={card} issue={issue} />;
}

const WIDTH = 304;

function Placed({ card, issue }: { card: Card; issue: Issue }) {
  const editor = useEditor();
  const box = useRef<HTMLElement>(null);
  const [height, setHeight] = useState(240);
  const room = useStore((state) => `${state.width}x${state.height}`);
  const [x, y, zoom] = useStore((state) => state.transform);
  usePicked((state) => state.shown);
  // What is offered makes the card higher: it is measured and placed anew.
  usePicked((state) => state.data?.repairs);
  useLayoutEffect(() => {
    const now = box.current?.offsetHeight;
    if (now && now !== height) setHeight(now);
  });
  const [width, high] = room.split("x").map(Number) as [number, number];
  const anchor = anchorOf(editor.state.path, card.node);
  const node = anchor === null ? null : areaOf(editor, anchor, [x, y, zoom]);
  const place: CardPlace = node
    ? cardPlace(node, { width: WIDTH, height }, { width: width || 900, height: high || 600 }, othersThan(editor, anchor!, [x, y, zoom]))
    : { side: "right", left: Math.max(10, width - WIDTH - 10), top: 10 };
  return (
    <>
      {node && <Lead node={node} place={place} height={height} />}
      <section
        ref={box}
        className="fault-card"
        role="dialog"
        aria-label={`Fault: ${headline(issue)}`}
        data-testid="fault-card"
        data-side={place.side}
        tabIndex={-1}
        style={{ left: place.left, top: place.top, width: WIDTH, maxHeight: (high || 600) - 20 }}
        onKeyDown={(event) => keyed(editor, event)}
        onPointerDown={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onContextMenu={(event) => event.stopPropagation()}
      >
        <header className="fault-head">
          <Glyph name="fault" size={16} />
          <h2>{headline(issue)}</h2>
          <button type="button" className="fault-close" aria-label="Close" title="Close (Esc)" onClick={() => leave(editor)}>
            <Glyph name="x" size={14} />
          </button>
        </header>
        <WhatCame issue={issue} />
        <Offers card={card} box={box} />
      </section>
    </>
  );
}

/** The line from the node to its card. */
function Lead({ node, place, height }: { node: Area; place: CardPlace; height: number }) {
  const y = node.top + node.height / 2;
  if (place.side === "below" || place.side === "above" || y < place.top || y > place.top + height) return null;
  const [from, to] = place.side === "right" ? [node.left + node.width, place.left] : [place.left + WIDTH, node.left];
  if (to - from < 4) return null;
  return <div className="fault-lead" style={{ left: from + 3, width: to - from - 3, top: y }} aria-hidden="true" data-side={place.side} />;
}

function Offers({ card, box }: { card: Card; box: { current: HTMLElement | null } }) {
  const editor = useEditor();
  const repairs = usePicked((state) => repairsAt(state, card.node));
  const pending = usePicked((state) => Boolean(state.data?.repairs_pending) || !isFresh(state));
  const cut = usePicked((state) => state.data?.repairs_cut === true);
  useEffect(() => {
    if (!card.asked) return;
    const first = box.current?.querySelector<HTMLElement>(".repair") ?? box.current;
    const active = (box.current?.getRootNode() as ShadowRoot | Document | undefined)?.activeElement;
    if (!active || active === box.current || !box.current?.contains(active)) first?.focus({ preventScroll: true });
  }, [card, repairs, box]);
  useEffect(() => () => clearPreview(editor), [editor, repairs]);
  if (!repairs.length)
    return <p className="fault-none">{pending ? "Trying repairs out." : "No repair was found that leaves fewer faults."}</p>;
  return (
    <>
      <ul className="repairs" aria-label="Repairs, each tried out">
        {repairs.map((repair, index) => (
          <li key={repair.title}>
            <Offer repair={repair} first={index === 0} waits={pending} />
          </li>
        ))}
      </ul>
      {cut && <p className="fault-none">There was no time to try more: the network is large.</p>}
    </>
  );
}

function Offer({ repair, first, waits }: { repair: Repair; first: boolean; waits: boolean }) {
  const editor = useEditor();
  const show = (): void => editor.set({ preview: repair });
  return (
    <button
      type="button"
      className={`repair${first ? " repair-first" : ""}`}
      data-testid="repair"
      aria-disabled={waits}
      onMouseEnter={show}
      onMouseLeave={() => clearPreview(editor)}
      onFocus={show}
      onBlur={() => clearPreview(editor)}
      onClick={() => take(editor, repair)}
    >
      <span className="repair-title">
        <b>{repair.title}</b>
        <span className="repair-added">{difference(repair)}</span>
      </span>
      {first && repair.detail !== `${repair.title}.` && <span className="repair-detail">{repair.detail}</span>}
      <span className="repair-checked">{checked(repair)}</span>
      {first && (
        <span className="repair-apply">
          <span className="repair-button">Apply</span>
          <kbd>Enter</kbd>
        </span>
      )}
    </button>
  );
}

function take(editor: Editor, repair: Repair): void {
  if (mend(editor, repair)) editor.focus();
}

function clearPreview(editor: Editor): void {
  if (editor.state.preview) editor.set({ preview: null });
}

function leave(editor: Editor): void {
  closeCard(editor);
  editor.focus();
}

/** Esc closes, arrows go from offer to offer; what else is pressed stays in the card. */
function keyed(editor: Editor, event: KeyboardEvent<HTMLElement>): void {
  if (event.key === "Escape") leave(editor);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.currentTarget, event.key === "ArrowDown" ? 1 : -1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(card: HTMLElement, by: number): void {
  const offers = [...card.querySelectorAll<HTMLElement>(".repair")];
  const active = (card.getRootNode() as ShadowRoot | Document).activeElement as HTMLElement;
  offers[(offers.indexOf(active) + by + offers.length) % offers.length]?.focus();
}

type Transform = readonly [number, number, number];

/** The node on the surface, its fault line included. */
function areaOf(editor: Editor, id: string, [x, y, zoom]: Transform): Area | null {
  const node = nodeOf(editor.design, id);
  if (!node) return null;
  const issue = editor.state.answers[id]?.issues.find(({ severity }) => severity === "error");
  const [left, top] = positionOf(node);
  const { width, height } = editor.size;
  return {
    left: left * zoom + x,
    top: top * zoom + y,
    width: width * zoom,
    height: (height + extraHeight(node) + (issue ? issueHeight(issue, id) : 0)) * zoom,
  };
}

const MOST_OTHERS = 300;

function othersThan(editor: Editor, id: string, transform: Transform): readonly Area[] {
  if (editor.design.nodes.length > MOST_OTHERS) return [];
  return editor.design.nodes.flatMap((node) => (node.id === id ? [] : [areaOf(editor, node.id, transform)!]));
}
