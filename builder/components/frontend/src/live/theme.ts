/** Which appearance does the page have, and which colours follow from it? */

export interface Colours {
  dark: boolean;
  font: string;
  surface: string;
  raised: string;
  future: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  ink3: string;
  train: string;
  validation: string;
  ghost: string;
  /** Opacity of the 90 % band. */
  band: number;
  /** One colour a run, in order. */
  runs: string[];
}

type Rgb = [number, number, number];

/** "#1F5FC4", "#fff" or "rgb(31, 95, 196)" as numbers; null when it is none of them. */
export function parseColour(text: string): Rgb | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) {
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)) as Rgb;
  }
  const numbers = /^rgba?\(([^)]+)\)$/i.exec(text.trim())?.[1]?.split(/[\s,/]+/).map(Number);
  return numbers && numbers.length >= 3 && numbers.slice(0, 3).every(Number.isFinite) ? (numbers.slice(0, 3) as Rgb) : null;
}

/** Relative luminance, 0 black to 1 white. Source: WCAG 2.2. */
export function luminance([r, g, b]: Rgb): number {
  const linear = [r, g, b].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/** The colour with an opacity, in the notation that Plotly reads. */
export function alpha(colour: string, opacity: number): string {
  const rgb = parseColour(colour);
  return rgb ? `rgba(${rgb.join(",")},${opacity})` : colour;
}

export function isDark(background: string): boolean {
  const rgb = parseColour(background);
  return rgb !== null && luminance(rgb) < 0.4;
}

/** Set data-theme on the root from the page's background; returns "light" or "dark". */
export function applyTheme(root: HTMLElement): string {
  const theme = isDark(getComputedStyle(root).getPropertyValue("--st-background-color")) ? "dark" : "light";
  if (root.dataset.theme !== theme) root.dataset.theme = theme;
  return theme;
}

/** Read the tokens as they stand on the root. Call `applyTheme` first. */
export function readColours(root: HTMLElement): Colours {
  const style = getComputedStyle(root);
  const token = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const dark = root.dataset.theme === "dark";
  return {
    dark,
    font: style.fontFamily || "sans-serif",
    surface: token("--st-background-color", token("--ll-surface", "#ffffff")),
    raised: token("--ll-raised", "#ffffff"),
    future: dark ? token("--ll-canvas", "#0f1211") : token("--ll-canvas", "#f5f6f4"),
    line: token("--ll-line", "#dfe2dc"),
    lineStrong: token("--ll-line-strong", "#b9bfb6"),
    ink: token("--ll-ink", "#1a1f1d"),
    ink2: token("--ll-ink-2", "#4c5551"),
    ink3: token("--ll-ink-3", "#646d69"),
    train: token("--ll-data-train", "#1f5fc4"),
    validation: token("--ll-data-val", "#b8500a"),
    ghost: token("--ll-data-ghost", "#646d69"),
    band: dark ? 0.2 : 0.16,
    runs: palette(token("--st-chart-categorical-colors", "")),
  };
}

const PALETTE = ["#1F5FC4", "#B8500A", "#6B3FC0", "#3D7314", "#A82C7C", "#0B6E86", "#82570A", "#B4232F", "#4B545C", "#8C958F"];

/** "#1F5FC4,#B8500A" or with rgb() notation, split at the commas between colours. */
export function palette(text: string): string[] {
  const colours = text.match(/#[0-9a-f]{3,8}|rgba?\([^)]*\)/gi);
  return colours?.length ? colours : PALETTE;
}
