/** The browser's own notification at a run's end, for those who asked for it. */
import { setText } from "./dom";
import { threeDigits } from "./numbers";
import { bestEpoch, type Series } from "./series";
import { isFinal } from "./types";
import { stateWords } from "./words";

const KEY = "layerloom.tell-end";

export class Bell {
  private going: boolean | null = null;

  constructor(private readonly button: HTMLButtonElement) {
    button.onclick = () => void this.toggle();
  }

  /** Offer the button while the run goes on, where the browser can notify at all. */
  offer(series: Series | null): void {
    const going = series?.status != null && !isFinal(series.status.state);
    if (going === this.going) return; // asking the browser for its permission takes as long as a small chart
    this.going = going;
    this.button.hidden = !going || !isPossible();
    if (!this.button.hidden) this.label();
  }

  private label(): void {
    const denied = Notification.permission === "denied";
    this.button.disabled = denied;
    this.button.setAttribute("aria-pressed", String(this.isOn));
    setText(this.button, denied ? "This browser allows no notifications here" : this.isOn ? "You will be told when it ends" : "Tell me when it ends");
  }

  /** The run has ended: say so, if somebody asked for it and looks elsewhere. */
  ring(series: Series): void {
    if (!this.isOn || !series.status || (!document.hidden && document.hasFocus())) return;
    const { name, number, state } = series.status;
    const best = bestEpoch(series);
    const body = best ? `${best.metric === "loss" ? "Training" : "Validation"} loss ${threeDigits(best.value)} at epoch ${best.epoch}.` : "";
    const told = new Notification(`${name}, run ${number}: ${stateWords(state).word}`, { body, tag: series.run });
    told.onclick = () => window.focus();
  }

  private get isOn(): boolean {
    return isPossible() && Notification.permission === "granted" && remembered() === "yes";
  }

  private async toggle(): Promise<void> {
    const wanted = !this.isOn;
    const answer = wanted ? await Notification.requestPermission() : Notification.permission;
    remember(wanted && answer === "granted" ? "yes" : "no");
    this.label();
  }
}

/** Browsers notify on https and on the own machine only. */
function isPossible(): boolean {
  return typeof Notification !== "undefined" && window.isSecureContext;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(value: string): void {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // A browser that keeps nothing forgets the wish with the page.
  }
}
