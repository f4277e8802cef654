/** How did one layer look from the first epoch on? Its pictures, kept while they are looked at and added to. */

import type { Pictures, Shot } from "./answer";

export type FetchedPictures = (url: string) => Promise<Pictures>;

export interface Album {
  readonly layer: string;
  readonly newest: number;
  readonly shots: readonly Shot[];
}

/** The album with what came: pictures that were given up go, new ones come last. */
export function added(album: Album | null, layer: string, answer: Pictures): Album {
  const kept = new Set(answer.kept);
  const known = album?.layer === layer ? album.shots.filter((shot) => kept.has(shot.id)) : [];
  const last = known.at(-1)?.id ?? 0;
  return { layer, newest: answer.newest, shots: [...known, ...answer.pictures.filter((shot) => shot.id > last)] };
}

/** A run that went back has a newest picture that is older: then everything is asked for anew. */
export function isBehind(album: Album, answer: Pictures): boolean {
  return answer.newest < album.newest;
}

export function address(url: string, layer: string, album: Album | null): string {
  const after = album?.layer === layer ? album.newest : 0;
  return `${url}/${layer.split("/").map(encodeURIComponent).join("/")}/histograms?after=${after}`;
}

export async function overNetwork(url: string): Promise<Pictures> {
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Pictures;
}
