/** How components read what is known of the layers: drawn again only when what they pick has changed. */

import { useEffect, useSyncExternalStore } from "react";
import { useEditor, usePicked } from "../state/context";
import type { Badge } from "./badges";
import type { LiveLayers } from "./live";

/** The picked part; `pick` must give the same object as long as nothing is new. */
export function useLive<Part>(pick: (live: LiveLayers) => Part): Part {
  const { live } = useEditor();
  const read = (): Part => pick(live);
  return useSyncExternalStore(live.subscribe, read, read);
}

export function useBadge(path: string): Badge | null {
  return useLive((live) => live.badge(path));
}

/** Follows the run that the page tells of, and asks again when the tab is looked at. */
export function useFollowing(): void {
  const { live } = useEditor();
  const run = usePicked((state) => state.data?.run ?? null);
  const quantity = usePicked((state) => state.quantity);
  useEffect(() => live.show(quantity), [live, quantity]);
  useEffect(() => live.follow(run), [live, run]);
  useEffect(() => {
    document.addEventListener("visibilitychange", live.wake);
    return () => {
      document.removeEventListener("visibilitychange", live.wake);
      live.stop();
    };
  }, [live]);
}
