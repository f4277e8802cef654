/** Entry of the component: mounts one picture per place, updates it in place, takes it away. */
import { Learned } from "./learned";
import type { LearnedData } from "./types";

/** What Streamlit hands to the component at each change of data or theme. */
export interface ComponentArguments {
  data: LearnedData;
  parentElement: ShadowRoot | HTMLElement;
}

const mounted = new WeakMap<Node, Learned>();

export default function learned({ data, parentElement }: ComponentArguments): () => void {
  let picture = mounted.get(parentElement);
  if (!picture) {
    picture = new Learned(parentElement);
    mounted.set(parentElement, picture);
  }
  picture.update(data);
  return () => unmount(parentElement);
}

function unmount(parent: ShadowRoot | HTMLElement): void {
  const picture = mounted.get(parent);
  mounted.delete(parent);
  picture?.destroy();
  parent.replaceChildren();
}
