/** The pictures of layers and actions, as inline SVG in the colour of the text around them. */

const files = import.meta.glob<string>("../../glyphs/*.svg", { query: "?raw", import: "default", eager: true });
const glyphs = new Map(Object.entries(files).map(([path, svg]) => [path.slice(path.lastIndexOf("/") + 1, -4), svg]));

export function Glyph({ name, size = 18 }: { name: string; size?: number }) {
  const svg = (glyphs.get(name) ?? glyphs.get("model") ?? "").replace(
    /width="20" height="20"/,
    `width="${size}" height="${size}"`,
  );
  return <span className="glyph" aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />;
}

/** The coloured tile with a layer's picture. */
export function Tile({ name, family, size }: { name: string; family: string | undefined; size: "s" | "m" }) {
  return (
    <span className={`tile tile-${size} fam-${family ?? "io"}`}>
      <Glyph name={name} size={size === "m" ? 20 : 16} />
    </span>
  );
}
