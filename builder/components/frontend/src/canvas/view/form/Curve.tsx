/** The curve of an activation, small. */

import { curveOf } from "../../words/activations";

export function Curve({ name }: { name: string }) {
  const points = curveOf(name);
  if (!points) return <span className="curve" aria-hidden="true" />;
  return (
    <svg className="curve" viewBox="0 0 24 18" width={24} height={18} aria-hidden="true">
      <path className="curve-axes" d="M1 12.5H23M12 1V17" />
      <polyline className="curve-line" points={points.map(([x, y]) => `${x},${y}`).join(" ")} />
    </svg>
  );
}
