/** Is the page light or dark? Read from the luminance of Streamlit's background. */

export function appearance(host: HTMLElement): "light" | "dark" {
  const colour = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  return luminance(colour) < 0.5 ? "dark" : "light";
}

/** Relative brightness from 0 to 1 of `#rgb`, `#rrggbb` or `rgb(…)`; unknown colours count as light. */
export function luminance(colour: string): number {
  const parts = channels(colour);
  if (!parts) return 1;
  const [red, green, blue] = parts as [number, number, number];
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

function channels(colour: string): number[] | null {
  const hex = colour.match(/^#([0-9a-f]{3,8})$/i)?.[1];
  if (hex && hex.length < 6) return [...hex.slice(0, 3)].map((digit) => parseInt(digit + digit, 16));
  if (hex) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const numbers = colour
    .match(/^rgba?\(([^)]+)\)/)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  return numbers && numbers.length >= 3 ? numbers.slice(0, 3) : null;
}
