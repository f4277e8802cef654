/** Which nodes do these words mean, wherever they stand in the whole drawing? By name, type, setting, or fault. */

import type { Catalog } from "../design/catalog";
import type { Design, Json, Node } from "../design/document";
import { inOrder } from "../design/graph";
import type { Annotation, CanvasData } from "../protocol";
import { subtitle } from "../words/subtitle";

export interface FoundNode {
  /** Full path: "block/conv". */
  readonly full: string;
  readonly node: Node;
  /** Type and settings in a few words. */
  readonly details: string;
  /** What is wrong with it, in words. */
  readonly fault: string | null;
  readonly annotation: Annotation | undefined;
}

interface Entry extends FoundNode {
  readonly name: string;
  readonly type: string;
  readonly settings: string;
  readonly said: string;
}

/** What Python answered, as far as nodes can be found by it. */
type Told = Pick<CanvasData, "annotations" | "issues" | "fit">;

/** The nodes that match, best first, nested ones too; all of them in calling order when nothing is typed. */
export function findNodes(whole: Design, catalog: Catalog, told: Told | null, text: string): readonly FoundNode[] {
  const entries = gathered(whole, catalog, told, "");
  const parts = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!parts.length) return entries;
  const ranked = entries.map((entry) => ({ entry, ranks: parts.map((part) => rankOf(entry, part)) }));
  return ranked
    .filter(({ ranks }) => ranks.every((rank) => rank < NOT))
    .map(({ entry, ranks }) => ({ entry, rank: Math.max(...ranks) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

function gathered(design: Design, catalog: Catalog, told: Told | null, before: string): Entry[] {
  return inOrder(design).flatMap((node) => {
    const full = before + node.id;
    const own = entry(design, catalog, node, full, told);
    return node.graph ? [own, ...gathered(node.graph, catalog, told, `${full}/`)] : [own];
  });
}

function entry(design: Design, catalog: Catalog, node: Node, full: string, told: Told | null): Entry {
  const details = subtitle(design, catalog, node);
  const annotation = told?.annotations[full];
  const apart = [...(told?.issues ?? []), ...(told?.fit ?? [])].filter((issue) => issue.node === full);
  const issues = [...(annotation?.issues ?? []), ...apart].filter((issue) => issue.code !== "blocked");
  const worst = issues.find((issue) => issue.severity === "error") ?? issues.find((issue) => issue.severity === "warning");
  const marks = issues.map((issue) => `${issue.severity === "error" ? "fault" : issue.severity} ${issue.message}`);
  return {
    full,
    node,
    details,
    annotation,
    fault: worst?.message ?? null,
    name: full.toLowerCase(),
    type: node.type.toLowerCase(),
    settings: `${details} ${flat(node.params ?? {})} ${flat(node.args ?? {})}`.toLowerCase(),
    said: `${marks.join(" ")}${annotation?.blocked_by ? " waits blocked" : ""}${node.params?.trainable === false ? " frozen" : ""}`.toLowerCase(),
  };
}

/** Names and values of settings as words: "activation relu kernel_size 3 3". */
function flat(value: Json): string {
  if (Array.isArray(value)) return value.map(flat).join(" ");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${flat(inner)}`)
      .join(" ");
  return String(value);
}

const NOT = 9;

function rankOf({ name, type, settings, said }: Entry, part: string): number {
  const id = name.slice(name.lastIndexOf("/") + 1);
  if (id === part) return 0;
  if (id.startsWith(part)) return 1;
  if (type.startsWith(part)) return 2;
  if (name.includes(part)) return 3;
  if (type.includes(part)) return 4;
  if (new RegExp(`(^|[^a-z0-9])${part.replace(/[^a-z0-9]/g, "\\$&")}`).test(settings)) return 5;
  return said.includes(part) ? 6 : NOT;
}
