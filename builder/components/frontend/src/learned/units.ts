/** Small pictures of what each hidden unit responds to: a column a layer, in the order of the network. */
import { element, setAttribute, setText } from "../live/dom";
import { whole } from "../live/numbers";
import { unitRamp, type Look } from "./colours";
import type { Grid, Layer, Picture } from "./decode";
import { unitName, unitText } from "./words";

/** More layers than this stand closer together. */
const MANY = 4;

/** Which unit is looked at: layer and unit from 0. */
export interface Chosen {
  layer: number;
  unit: number;
}

export interface UnitsEvents {
  /** A unit is pointed at or has the keyboard; null: none any more. */
  chosen(unit: Chosen | null): void;
}

/** The panel; made anew only when the layers change. */
export class UnitsPanel {
  private stamp = "";
  private tiles: HTMLButtonElement[][] = [];

  constructor(private readonly host: HTMLElement, private readonly events: UnitsEvents) {
    host.addEventListener("keydown", (event) => this.key(event));
  }

  /** Show the units of a picture, or say why there are none. */
  show(picture: Picture | null, look: Look, words: string): void {
    const layers = picture?.layers ?? [];
    const stamp = JSON.stringify(layers.map((layer) => [layer.frame.layer, layer.grids.length])) + (layers.length ? "" : words);
    if (stamp !== this.stamp) {
      this.stamp = stamp;
      this.build(layers, words);
    }
    layers.forEach((layer, i) => layer.grids.forEach((grid, k) => this.draw(this.tiles[i]![k]!, layer, k, grid, look)));
  }

  private build(layers: Layer[], words: string): void {
    this.tiles = layers.map((layer, i) => layer.grids.map((_, k) => this.tile(i, k)));
    this.host.style.setProperty("--layers", String(Math.max(1, layers.length)));
    this.host.classList.toggle("many", layers.length > MANY);
    this.host.replaceChildren(...(layers.length ? layers.map((layer, i) => column(layer, this.tiles[i]!)) : [element("p", {}, words)]));
    const first = this.tiles[0]?.[0];
    if (first) first.tabIndex = 0;
  }

  private tile(layer: number, unit: number): HTMLButtonElement {
    const button = element("button", { type: "button", class: "tile", tabindex: "-1", "data-testid": "unit" }, element("canvas", { "aria-hidden": "true" }));
    button.onpointerenter = () => this.events.chosen({ layer, unit });
    button.onpointerleave = () => this.events.chosen(this.focused());
    button.onfocus = () => {
      for (const other of this.tiles.flat()) other.tabIndex = other === button ? 0 : -1;
      this.events.chosen({ layer, unit });
    };
    button.onblur = () => this.events.chosen(null);
    return button;
  }

  private draw(tile: HTMLButtonElement, layer: Layer, unit: number, grid: Grid, look: Look): void {
    setAttribute(tile, "aria-label", `${unitName(layer, unit)}. ${unitText(layer, unit)}`);
    tile.classList.toggle("silent", !layer.frame.reach[unit]);
    const canvas = tile.firstElementChild as HTMLCanvasElement;
    if (canvas.width !== grid.width || canvas.height !== grid.height) Object.assign(canvas, { width: grid.width, height: grid.height });
    const pen = canvas.getContext("2d");
    const ramp = unitRamp(look);
    const image = pen?.createImageData(grid.width, grid.height);
    if (!pen || !image) return;
    grid.values.forEach((byte, i) => image.data.set([ramp[byte * 3]!, ramp[byte * 3 + 1]!, ramp[byte * 3 + 2]!, 255], i * 4));
    pen.putImageData(image, 0, 0);
  }

  private focused(): Chosen | null {
    const active = (this.host.getRootNode() as Document | ShadowRoot).activeElement;
    const layer = this.tiles.findIndex((tiles) => tiles.includes(active as HTMLButtonElement));
    return layer < 0 ? null : { layer, unit: this.tiles[layer]!.indexOf(active as HTMLButtonElement) };
  }

  /** Arrows: right and left by one, up and down by a row, over the ends into the next layer. */
  private key(event: KeyboardEvent): void {
    const chosen = this.focused();
    if (!chosen) return;
    const all = this.tiles.flat();
    const here = all.indexOf(this.tiles[chosen.layer]![chosen.unit]!);
    const row = inARow(this.tiles[chosen.layer]!);
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row, Home: -here, End: all.length - 1 - here };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, here + step))]!.focus();
  }
}

function column(layer: Layer, tiles: HTMLButtonElement[]): HTMLElement {
  const { frame } = layer;
  const count = element("span", { class: "count" });
  setText(count, frame.of > tiles.length ? `${tiles.length} of ${whole(frame.of)}` : whole(frame.of));
  const name = element("h4", { title: `${frame.layer}: ${frame.type}` }, element("span", { class: "name" }, frame.layer), count);
  return element("div", { class: "layer" }, name, element("div", { class: "tiles" }, ...tiles));
}

/** How many tiles stand beside each other. */
function inARow(tiles: HTMLButtonElement[]): number {
  const top = tiles[0]?.offsetTop;
  const next = tiles.findIndex((tile) => tile.offsetTop !== top);
  return next > 0 ? next : tiles.length;
}
