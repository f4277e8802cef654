/** Entry of the component: mounts one chart per place, updates it in place, takes it away. */
import { LiveChart } from "./chart";
import type { LiveData, SendTrigger } from "./types";

/** What Streamlit hands to the component at each change of data or theme. */
export interface ComponentArguments {
  data: LiveData;
  parentElement: ShadowRoot | HTMLElement;
  setTriggerValue: SendTrigger;
}

const mounted = new WeakMap<Node, LiveChart>();

export default function live({ data, parentElement, setTriggerValue }: ComponentArguments): () => void {
  let chart = mounted.get(parentElement);
  if (!chart) {
    chart = new LiveChart(parentElement);
    mounted.set(parentElement, chart);
  }
  chart.update(data, setTriggerValue);
  return () => unmount(parentElement);
}

function unmount(parent: ShadowRoot | HTMLElement): void {
  const chart = mounted.get(parent);
  mounted.delete(parent);
  chart?.destroy();
  parent.replaceChildren();
}
