/** The picture on its canvas: field, lines where the answer changes, and the rows as points. */
import { classColour, css, leadColours, mixed, oddsRamp, unitRamp, valueColour, valueRamp, type Look } from "./colours";
import { contour, type Segments } from "./contour";
import { REACH, type Grid, type Picture } from "./decode";
import { between, fillByColour, fillByValue, PIXELS, valuesOf, type Values } from "./field";
import type { Place } from "./pointing";
import { shapeOf } from "./shapes";
import type { Part, Rows } from "./types";

/** Lines over a surface of numbers: one more than parts of its range. */
const LEVELS = 8;
const MIDDLE = 127.5;
const POINT_PX = 2.9;
const CROWDED = 900;

/** Draws on one canvas; keeps what stays the same from one picture to the next. */
export class Painter {
  private readonly small = document.createElement("canvas");
  private readonly points = document.createElement("canvas");
  private pointsStamp = "";

  constructor(private readonly canvas: HTMLCanvasElement) {
    Object.assign(this.small, PIXELS);
  }

  /** Give the canvas as many pixels as the screen has for it; false while it has no place. */
  fit(): boolean {
    const scale = Math.min(3, window.devicePixelRatio || 1);
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight].map((size) => Math.round(size * scale)) as [number, number];
    if (!width || !height) return false;
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    return true;
  }

  /** The network's answer; `share` of the way from the field before. */
  field(picture: Picture, before: Values | null, share: number, rows: Rows | null, look: Look): void {
    const { kind } = picture.frame;
    if (kind === "classes") {
      const colours = leadColours(look, picture.field.values, picture.lead!.values, rows?.classes.length ?? 3, REACH);
      this.ground((image) => fillByColour(image, picture.field, colours));
      this.borders(picture.field, picture.lead!, look);
    } else {
      const now = valuesOf(picture.field);
      const field = before ? between(before, now, share) : now;
      this.ground((image) => fillByValue(image, field, kind === "two" ? oddsRamp(look, REACH) : valueRamp(look)));
      if (kind === "two") this.border(contour(field.values, field.width, MIDDLE), field, look);
      else this.levels(field, look);
    }
    this.rows(rows, look);
  }

  /** What one hidden unit responds to. */
  unit(grid: Grid, rows: Rows | null, look: Look): void {
    this.ground((image) => fillByValue(image, valuesOf(grid), unitRamp(look)));
    this.rows(rows, look);
  }

  /** Nothing is known yet but the rows. */
  empty(rows: Rows | null, look: Look): void {
    const pen = this.pen();
    pen.fillStyle = css(look.surface);
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.rows(rows, look);
  }

  /** A ring around the place that is asked about by keyboard. */
  ring([x, y]: Place, look: Look): void {
    const ring = new Path2D();
    ring.arc(x * this.canvas.width, y * this.canvas.height, 6 * this.scale(), 0, 2 * Math.PI);
    this.stroke(ring, css(look.surface), 5, 0.8);
    this.stroke(ring, look.ink, 2, 1);
  }

  private pen(): CanvasRenderingContext2D {
    return this.canvas.getContext("2d")!;
  }

  private ground(fill: (image: ImageData) => void): void {
    const pen = this.small.getContext("2d")!;
    const image = pen.createImageData(PIXELS.width, PIXELS.height);
    fill(image);
    pen.putImageData(image, 0, 0);
    const big = this.pen();
    big.imageSmoothingEnabled = true;
    big.imageSmoothingQuality = "high";
    big.drawImage(this.small, 0, 0, this.canvas.width, this.canvas.height);
  }

  /** Where the likeliest class changes: around each class's part. */
  private borders(winners: Grid, leads: Grid, look: Look): void {
    const all: Segments = [];
    for (const winner of new Set(winners.values)) {
      const signed = Float32Array.from(leads.values, (lead, i) => (winners.values[i] === winner ? lead : -lead) || 0.5);
      all.push(...contour(signed, winners.width, 0));
    }
    this.border(all, winners, look);
  }

  private border(segments: Segments, grid: { width: number; height: number }, look: Look): void {
    const path = this.path(segments, grid);
    this.stroke(path, css(look.surface), 4.5, 0.45);
    this.stroke(path, look.ink, 1.8, 1);
  }

  private levels(field: Values, look: Look): void {
    for (let level = 1; level < LEVELS; level += 1) {
      const isMiddle = level * 2 === LEVELS;
      this.stroke(this.path(contour(field.values, field.width, (level / LEVELS) * 255), field), look.ink, isMiddle ? 1.8 : 0.8, isMiddle ? 1 : 0.4);
    }
  }

  private path(segments: Segments, grid: { width: number; height: number }): Path2D {
    const [across, down] = [this.canvas.width / (grid.width - 1), this.canvas.height / (grid.height - 1)];
    const path = new Path2D();
    for (let i = 0; i < segments.length; i += 4) {
      path.moveTo(segments[i]! * across, segments[i + 1]! * down);
      path.lineTo(segments[i + 2]! * across, segments[i + 3]! * down);
    }
    return path;
  }

  private stroke(path: Path2D, colour: string, width: number, opacity: number): void {
    const pen = this.pen();
    Object.assign(pen, { strokeStyle: colour, lineWidth: width * this.scale(), lineCap: "round", globalAlpha: opacity });
    pen.stroke(path);
    pen.globalAlpha = 1;
  }

  private scale(): number {
    return this.canvas.width / Math.max(1, this.canvas.clientWidth);
  }

  private rows(rows: Rows | null, look: Look): void {
    if (!rows) return;
    const stamp = [this.canvas.width, this.canvas.height, look.dark, rows.train.points.length, rows.x, rows.y].join(" ");
    if (stamp !== this.pointsStamp) {
      this.pointsStamp = stamp;
      Object.assign(this.points, { width: this.canvas.width, height: this.canvas.height });
      const pen = this.points.getContext("2d")!;
      drawPart(pen, rows, rows.train, look, this.scale(), false);
      drawPart(pen, rows, rows.validation, look, this.scale(), true);
    }
    this.pen().drawImage(this.points, 0, 0);
  }
}

/** Training rows filled, validation rows hollow; the shape tells the class as well. */
function drawPart(pen: CanvasRenderingContext2D, rows: Rows, part: Part, look: Look, scale: number, isHollow: boolean): void {
  const { width, height } = pen.canvas;
  const radius = scale * (rows.train.points.length > CROWDED ? POINT_PX * 0.8 : POINT_PX);
  for (const [x, y, value] of part.points) {
    const path = new Path2D();
    const place = new DOMMatrix([radius, 0, 0, radius, share(x, rows.x) * width, (1 - share(y, rows.y)) * height]);
    path.addPath(new Path2D(rows.classes.length ? shapeOf(value) : shapeOf(0)), place);
    const colour = rows.classes.length ? classColour(look, value, rows.classes.length) : valueColour(look, share(value, rows.values));
    const rim = rows.classes.length ? css(mixed(look.surface, colour, 0.06)) : look.ink;
    pen.fillStyle = css(isHollow && rows.classes.length ? look.surface : colour);
    pen.strokeStyle = isHollow && rows.classes.length ? css(colour) : rim;
    pen.lineWidth = scale * (isHollow ? (rows.classes.length ? 1.7 : 1.4) : rows.classes.length ? 0.9 : 0.6);
    pen.stroke(path);
    pen.fill(path);
    if (isHollow) pen.stroke(path);
  }
}

export function share(value: number, [from, to]: [number, number]): number {
  return (value - from) / (to - from);
}
