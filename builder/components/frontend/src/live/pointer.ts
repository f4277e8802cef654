/** Which place of the run is read off all charts at once, and what they say there. */
import { placing } from "./across";
import type { Drawing } from "./axes";
import { plotWidth, xShare } from "./axes";
import { wordsNear } from "./happenings";
import { followPointer, showReading, spoken } from "./hover";
import type { Place } from "./paint";
import { read, stepped, type Reading } from "./reading";
import type { Series } from "./series";
import type { View } from "./view";

const PLACES: readonly Place[] = ["loss", "metric", "rate"];

export class Pointer {
  private at: number | null = null;
  private pixel = 0;
  private over: Place = "loss";
  private drawn: Partial<Record<Place, Drawing>> = {};

  /** `series`: the one run whose events are read too, null for several runs. */
  constructor(private readonly view: View, private readonly series: () => Series | null, private readonly say: (words: string) => void) {
    for (const place of PLACES) {
      followPointer(view[place], () => this.drawn[place] ?? null, (x, pixel) => {
        [this.at, this.pixel, this.over] = [x, pixel, place];
        this.show();
      });
    }
  }

  /** The charts were drawn anew: say what they say now. */
  renew(drawn: Partial<Record<Place, Drawing>>): void {
    this.drawn = drawn;
    this.show();
  }

  /** By keyboard: so many points on; said aloud. Null ends it. */
  step(place: Place, points: number | null): void {
    const drawing = this.drawn[place];
    if (!drawing) return;
    this.over = place;
    this.at = points === null ? null : stepped(drawing, this.at, points);
    if (this.at !== null) this.pixel = xShare(drawing.frame, this.at) * plotWidth(drawing.frame);
    const reading = this.show();
    if (reading) this.say(spoken(reading));
  }

  get reads(): boolean {
    return this.at !== null;
  }

  private show(): Reading | null {
    const main = this.drawn[this.over];
    const reading = this.at === null || !main ? null : read(main, this.at, this.notes(main));
    for (const place of PLACES) {
      const drawing = this.drawn[place] ?? null;
      const here = place === this.over ? reading : reading && drawing ? read(drawing, reading.x) : null;
      showReading(this.view[place], drawing, here, place === this.over);
    }
    return reading;
  }

  private notes({ frame }: Drawing): string[] {
    const series = this.series();
    return series ? wordsNear(series, frame, placing(series, frame.across), this.pixel) : [];
  }
}

