/** What stands in the list that one types into: layers to add, nodes to find, or places for a wire. */

import type { Design } from "../design/document";
import { nodeOf } from "../design/document";
import { misfit } from "../design/fits";
import { type Item, itemOf } from "../design/items";
import { inPorts, judge, outCount } from "../design/ports";
import type { Mark } from "../design/search";
import type { Editor } from "../state/editor";
import { findNodes } from "../state/finding";
import { type Scene, type Spot, doubt, offers, others, searched, spotOf, tensorAt } from "../state/offers";
import type { Place } from "../state/placing";
import type { Dialog } from "../state/state";
import { glyphOf } from "../design/catalog";
import { count, firstShape, shape as sizes, shapeList } from "../words/numbers";
import { subtitle } from "../words/subtitle";

export interface Choice {
  readonly key: string;
  readonly title: string;
  readonly details: string;
  readonly glyph: string;
  readonly family: string | undefined;
  readonly marks?: readonly Mark[];
  /** What comes out and how large it is, at the right. */
  readonly answer?: { readonly shape: string; readonly params: string };
  /** Heading that it stands under. */
  readonly group?: string;
  /** Why it cannot be chosen. */
  readonly refused?: string;
  /** Why it does not fit; it can be chosen all the same. */
  readonly doubt?: string;
  readonly run: () => void;
}

export type AddDialog = Extract<Dialog, { kind: "add" }>;
export type FinderDialog = Extract<Dialog, { kind: "add" | "find" | "connect" }>;

export function choicesFor(editor: Editor, dialog: FinderDialog, text: string): readonly Choice[] {
  switch (dialog.kind) {
    case "add":
      return layers(editor, dialog, text);
    case "find":
      return nodes(editor, text);
    case "connect":
      return targets(editor, dialog.from, text);
  }
}

/** Where what is chosen goes: where the wire was dropped, behind what is selected, or where the pointer is. */
export function placeOf(editor: Editor, { place, at }: AddDialog): Place {
  if (place) return place;
  const { stage, size } = editor;
  const [x, y] = at && stage ? stage.toDrawing(...at) : [0, 0];
  return editor.behind(at && stage ? [x - size.width / 2, y - size.height / 2] : editor.centre());
}

function layers(editor: Editor, dialog: AddDialog, text: string): readonly Choice[] {
  const { catalog, shelf } = editor.state;
  if (!catalog) return [];
  const place = placeOf(editor, dialog);
  const spot = spotOf(editor.scene, place);
  const choice = (item: Item, more: Partial<Choice> = {}, there: Place = place): Choice => ({
    key: item.key,
    title: item.title,
    details: item.summary,
    glyph: item.glyph,
    family: item.family,
    doubt: there === place ? (doubt(spot, item) ?? undefined) : undefined,
    run: () => editor.take(item, there),
    ...more,
  });
  if (text.trim())
    return searched(catalog, spot, text).map(({ item, marks, by }) =>
      choice(item, { marks, ...(by ? { details: `${by} · ${item.summary}` } : {}) }),
    );
  const first = offers(editor.scene, spot, 5).map(({ key, item, title, details, place: there }) =>
    choice(item, { key, title, details, group: headline(spot) }, there && moved(there, place)),
  );
  const shown = new Set(first.map(({ key }) => key));
  const shelved = [...shelf.liked, ...shelf.recent]
    .filter((key, index, all) => !shown.has(key) && all.indexOf(key) === index)
    .flatMap((key) => itemOf(catalog, key) ?? []);
  for (const { key } of shelved) shown.add(key);
  return [
    ...first,
    ...shelved.map((item) => choice(item, { group: "Favourites and recent" })),
    ...others(catalog, spot, shown).map((item) => choice(item, { group: "All" })),
  ];
}

/** A join goes where the wire was dropped. */
function moved(there: Place, asked: Place): Place {
  return there.kind === "join" && asked.kind === "from" ? { ...there, position: asked.position } : there;
}

function headline(spot: Spot): string {
  if (spot.kind === "before") return `Could feed ${spot.id}`;
  if (spot.kind === "several") return `For ${spot.outlets.length} selected`;
  return spot.kind === "behind" && spot.tensor.shape ? `Fits after ${spot.outlet.id}` : "To begin with";
}

function nodes(editor: Editor, text: string): readonly Choice[] {
  const { catalog } = editor.scene;
  const found = findNodes(editor.whole, catalog, editor.state.data, text);
  return found.map(({ full, node, details, fault, annotation }) => {
    const shape = firstShape(annotation?.shape);
    const answer = { shape: shape ? sizes(shape) : "", params: annotation?.params ? count(annotation.params) : "" };
    const spec = catalog.layer(node.type);
    return {
      key: full,
      title: full.replaceAll("/", " / "),
      details: fault ?? details,
      glyph: fault ? "fault" : glyphOf(node.type, spec?.family),
      family: fault ? "fault" : spec?.family,
      answer: annotation?.blocked_by ? { shape: "waits", params: "" } : answer,
      run: () => editor.jumpTo(full),
    };
  });
}

/** Every input of every node, what fits first, what cannot be wired last with the reason. */
function targets(editor: Editor, from: string, text: string): readonly Choice[] {
  const { scene } = editor;
  const wanted = text.trim().toLowerCase();
  const found = scene.design.nodes.filter((node) => `${node.id} ${node.type}`.toLowerCase().includes(wanted));
  const source = nodeOf(scene.design, from);
  if (!source) return [];
  const answered = shapeList(scene.answers[from]?.shape).length;
  const outs = outCount(scene.design, scene.catalog, source, answered);
  const choices = found.flatMap((node) =>
    portsOf(scene, node.id).flatMap((port) =>
      Array.from({ length: outs }, (_, out) => target(editor, { from, out, outs }, node.id, port)),
    ),
  );
  return choices.sort((a, b) => off(a) - off(b));
}

function off({ refused, doubt }: Choice): number {
  return refused !== undefined ? 2 : doubt !== undefined ? 1 : 0;
}

interface Port {
  /** Left out where a node has only one. */
  readonly name?: string;
  readonly index?: number;
}

function portsOf({ design, catalog }: Scene, id: string): readonly Port[] {
  const ports = inPorts(design, catalog, nodeOf(design, id)!);
  return ports.length > 1 ? ports.map(({ name, index }) => ({ name, index })) : [{}];
}

interface Source {
  readonly from: string;
  readonly out: number;
  readonly outs: number;
}

function target(editor: Editor, { from, out, outs }: Source, id: string, { name, index }: Port): Choice {
  const { scene } = editor;
  const node = nodeOf(scene.design, id)!;
  const spec = scene.catalog.of(scene.design, node);
  const proposal = { source: from, sourcePort: out, target: id, port: index };
  const verdict = judge(scene.design, scene.catalog, proposal);
  const reason = verdict.ok ? unfit(scene, from, out, node.type, index) : null;
  const output = outs > 1 ? `from ${outputName(scene, from, out)}` : "";
  return {
    key: [id, name, outs > 1 ? out : ""].filter((part) => part !== undefined && part !== "").join("-"),
    title: name ? `${id} · ${name.replaceAll("_", " ")}` : id,
    details: [output, replaced(scene.design, verdict), subtitle(scene.design, scene.catalog, node)].filter(Boolean).join(" · "),
    glyph: glyphOf(node.type, spec?.family),
    family: spec?.family,
    ...(verdict.ok ? {} : { refused: verdict.reason }),
    ...(reason ? { doubt: reason } : {}),
    run: () => void editor.connect(proposal),
  };
}

function outputName({ design, catalog }: Scene, id: string, out: number): string {
  const node = nodeOf(design, id);
  return (node && catalog.of(design, node)?.output_names?.[out]) ?? `output ${out + 1}`;
}

/** Only the first input of a layer is bound to what the catalogue says of its axes. */
function unfit(scene: Scene, from: string, out: number, type: string, port = 0): string | null {
  const item = itemOf(scene.catalog, type);
  return item && port === 0 ? misfit(item, tensorAt(scene, from, out)) : null;
}

function replaced(design: Design, verdict: ReturnType<typeof judge>): string {
  if (!verdict.ok || !verdict.replace) return "";
  const port = JSON.stringify(verdict.edge.target_port ?? null);
  const old = design.edges.find(
    (edge) => edge.target === verdict.edge.target && JSON.stringify(edge.target_port ?? null) === port,
  );
  return old ? `instead of ${old.source}` : "";
}

