/** How is the analysis laid out? Kept in the browser, across projects. */

import { ALL, BASIC } from "./columns";

export interface AnalysisView {
  readonly open: boolean;
  /** In pixels. */
  readonly height: number;
  readonly columns: readonly string[];
}

export const ANALYSIS_KEY = "layerloom.analysis";
export const LOWEST = 140;
const FIRST: AnalysisView = { open: false, height: 264, columns: BASIC };

/** The layout from its text; the usual one where there is none or it cannot be read. Always closed at first. */
export function readAnalysis(text: string | null): AnalysisView {
  try {
    const kept = JSON.parse(text ?? "null") as Partial<AnalysisView> | null;
    const columns = Array.isArray(kept?.columns) ? ALL.filter((id) => id === "name" || kept.columns!.includes(id)) : BASIC;
    const height = typeof kept?.height === "number" && kept.height >= LOWEST ? kept.height : FIRST.height;
    return { open: false, height, columns };
  } catch {
    return FIRST;
  }
}

/** With a column shown or not; the name always is. */
export function toggledColumn(columns: readonly string[], id: string): readonly string[] {
  const shown = new Set(columns);
  if (!shown.delete(id)) shown.add(id);
  return ALL.filter((one) => one === "name" || shown.has(one));
}
