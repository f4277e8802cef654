/** Values that would mend something, each set by one click. */

import { Glyph } from "../Glyph";

export interface Offer {
  /** "join needs 16 here" */
  readonly text: string;
  /** "Set 16" */
  readonly label: string;
  readonly severity: "error" | "warning" | "info";
  take(): void;
}

export function Offers({ offers, path }: { offers: readonly Offer[]; path: string }) {
  return offers.map((offer, index) => (
    <div key={index} className={`offer sev-${offer.severity}`} data-testid={`offer-${path}`}>
      <Glyph name={offer.severity === "error" ? "fault" : offer.severity === "warning" ? "warn" : "info"} size={15} />
      <span>{offer.text}</span>
      <button type="button" className="link" onClick={offer.take} data-testid={`take-${path}`}>
        {offer.label}
      </button>
    </div>
  ));
}
