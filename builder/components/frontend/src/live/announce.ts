/** Speak sparingly: a change of state at once, epochs at most every five seconds. */

export const PAUSE_MS = 5000;

export class Announcer {
  private spokenAt = -Infinity;
  private epoch = -1;
  private state = "";

  constructor(private readonly say: (words: string) => void, private readonly now: () => number = () => performance.now()) {}

  /** Tell what is; `words` is only asked for when it is said. The first call only takes note. */
  tell(state: string, epoch: number, stateWords: string, words: () => string): void {
    const first = this.state === "";
    if (state !== this.state) {
      this.state = state;
      this.epoch = epoch;
      if (!first) this.speak(`${stateWords}. ${words()}`);
      return;
    }
    if (epoch === this.epoch || this.now() - this.spokenAt < PAUSE_MS) return;
    this.epoch = epoch;
    this.speak(words());
  }

  private speak(words: string): void {
    this.spokenAt = this.now();
    this.say(words);
  }
}
