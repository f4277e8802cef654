/** Which run the figures on the layers are of, how far it is, and which figure is shown. */

import { isOver } from "../live-layers/answer";
import { QUANTITIES, type Quantity, colour } from "../live-layers/quantity";
import { useLive } from "../live-layers/use";
import { greyWords, runWords } from "../live-layers/words";
import { useEditor, usePicked } from "../state/context";
import { showQuantity } from "../state/watching";
import { Glyph } from "./Glyph";
import { Radios } from "./form/Segments";

const CHOICES = QUANTITIES.map(({ id, title, help }) => ({ value: id, label: title, title: `${help} (V)` }));

const STOPS = [0, 0.25, 0.5, 0.75, 1].map(colour).join(", ");

/** What the colours mean: the bar of each figure grows and brightens from left to right. */
function Scale({ quantity }: { quantity: Quantity }) {
  const words = quantity === "units" ? "Dark: none. Bright: all." : "Dark: small. Bright: large. Each tenth of the bar is about half a power of ten.";
  return <span className="live-scale" role="img" aria-label={words} title={words} style={{ background: `linear-gradient(90deg, ${STOPS})` }} />;
}

export function LiveChip() {
  const editor = useEditor();
  const run = useLive((live) => live.run);
  const quantity = usePicked((state) => state.quantity);
  if (!run) return null;
  return (
    <div className="live-chip" data-testid="live-chip">
      <button
        type="button"
        className="live-run"
        title={`${run.same ? "" : `${greyWords(run)} `}Go to its curves`}
        data-testid="live-run"
        onClick={() => editor.act({ name: "watch" })}
      >
        <span className={`live-dot${isOver(run.state) ? " live-over" : ""}`} aria-hidden="true" />
        <span className="live-words">{runWords(run)}</span>
        <Glyph name="right" size={14} />
      </button>
      <Radios
        label="Figure on the layers"
        testid="quantity"
        choices={CHOICES}
        value={quantity}
        choose={(value) => showQuantity(editor, value as Quantity)}
      />
      {run.same && quantity !== "off" && <Scale quantity={quantity} />}
    </div>
  );
}
