/** How does the canvas fill the page? To the window's edges and to its foot, without a scroll bar. */

const LEAST_HEIGHT = 420;
const COMPACT_BELOW = 800;

/** Keeps `host` filling the window; tells when the window becomes low. Returns what ends it. */
export function positioned(host: HTMLElement, compacted: (low: boolean) => void): () => void {
  const place = (): void => {
    const scroller = scrollerOf(host);
    const top = host.getBoundingClientRect().top + (scroller?.scrollTop ?? 0);
    host.style.setProperty("--ll-height", `${Math.max(LEAST_HEIGHT, Math.round(window.innerHeight - top))}px`);
    compacted(window.innerHeight < COMPACT_BELOW);
    swallow(host, scroller);
  };
  place();
  const frame = requestAnimationFrame(place);
  const later = [100, 400, 1200].map((ms) => window.setTimeout(place, ms));
  window.addEventListener("resize", place);
  return () => {
    cancelAnimationFrame(frame);
    later.forEach((timer) => window.clearTimeout(timer));
    window.removeEventListener("resize", place);
  };
}

/** Takes back what the page adds below the canvas, so that nothing scrolls. */
function swallow(host: HTMLElement, scroller: Element | null): void {
  if (!scroller) return;
  const before = Number.parseFloat(host.style.marginBottom) || 0;
  const excess = scroller.scrollHeight - scroller.clientHeight;
  if (excess > 0 && excess < 400) host.style.marginBottom = `${before - excess}px`;
}

function scrollerOf(host: HTMLElement): Element | null {
  const inShadow = host.getRootNode();
  let element = inShadow instanceof ShadowRoot ? inShadow.host : host.parentElement;
  while (element) {
    if (/(auto|scroll)/.test(getComputedStyle(element).overflowY)) return element;
    element = element.parentElement;
  }
  return document.scrollingElement;
}
