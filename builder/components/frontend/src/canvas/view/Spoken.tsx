/** What a screen reader says about the drawing: what was done, and what the check found. */

import { useEffect, useRef, useState } from "react";
import { usePicked } from "../state/context";
import { faultsOf } from "../state/faults";
import { counted } from "../words/numbers";

export function Spoken() {
  const said = usePicked((state) => state.said);
  const faults = usePicked((state) => faultsOf(state).length);
  const settled = usePicked((state) => state.data !== null && (state.sync === "in sync" || state.sync === "saving"));
  const layers = usePicked((state) => state.shown.nodes.length);
  const [checked, setChecked] = useState("");
  const last = useRef("");
  useEffect(() => {
    if (!settled || !layers) return;
    const now = faults ? counted(faults, "fault") : "no fault";
    if (now !== last.current) setChecked(`Checked: ${now}.`);
    last.current = now;
  }, [settled, faults, layers]);
  return (
    <div className="unseen" role="status" aria-live="polite" data-testid="spoken">
      <span key={said.count}>{said.text}</span> <span>{checked}</span>
    </div>
  );
}
