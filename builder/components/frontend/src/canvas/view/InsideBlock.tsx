/** What is in this block? Its layers row by row with what they give, and the wires between them. For looking only. */

import { type Inside, PADDING, ROW, reach } from "../design/inside";
import { Tile } from "./Glyph";

export interface InnerRow {
  readonly id: string;
  readonly glyph: string;
  readonly family: string | undefined;
  readonly shape: string;
  readonly fault: boolean;
  readonly bypass: boolean;
}

export interface InnerPicture {
  readonly rows: readonly InnerRow[];
  readonly links: Inside["links"];
  readonly more: number;
}

/** Where the wires run, left of the tiles. */
const GUTTER = 44;
const DOT = GUTTER - 6;

export function InsideBlock({ picture, open }: { picture: InnerPicture; open: (id: string) => void }) {
  const { rows, links, more } = picture;
  const height = ROW * (rows.length + (more ? 1 : 0));
  return (
    <div className="inside" style={{ padding: `${PADDING}px 0` }} data-testid="inside">
      <svg className="inside-wires" width={GUTTER} height={height} style={{ top: PADDING }} aria-hidden="true">
        {links.map((link) => (
          <path key={`${link.from}>${link.to}`} d={path(middle(link.from), middle(link.to), reach(link))} />
        ))}
        {rows.map((row, index) => (
          <circle key={row.id} cx={DOT} cy={middle(index)} r={2.6} />
        ))}
      </svg>
      <ul>
        {rows.map((row) => (
          <li
            key={row.id}
            className={`inside-row${row.fault ? " inside-fault" : ""}${row.bypass ? " inside-bypassed" : ""}`}
            style={{ height: ROW }}
            data-testid="inside-row"
            onDoubleClick={(event) => {
              event.stopPropagation();
              open(row.id);
            }}
          >
            <Tile name={row.glyph} family={row.family} size="s" />
            <span className="inside-name">{row.id}</span>
            <span className="inside-shape">{row.shape}</span>
          </li>
        ))}
        {more > 0 && (
          <li className="inside-row inside-more" style={{ height: ROW }}>
            and {more} more
          </li>
        )}
      </ul>
    </div>
  );
}

function middle(row: number): number {
  return ROW * row + ROW / 2;
}

/** Straight to the next row; over several rows in a bow to the left. */
function path(from: number, to: number, out: number): string {
  return out ? `M${DOT},${from}C${DOT - out},${from} ${DOT - out},${to} ${DOT},${to}` : `M${DOT},${from}L${DOT},${to}`;
}
