/** Where am I? The way from the whole network into the block that is open; each step leads back. */

import { useEditor, usePicked } from "../state/context";
import { Glyph } from "./Glyph";

export function Breadcrumbs() {
  const editor = useEditor();
  const path = usePicked((state) => state.path);
  const name = usePicked((state) => state.history.present.name);
  if (!path.length) return null;
  return (
    <nav className="crumbs" aria-label="Open block" data-testid="breadcrumbs">
      <ol>
        <li>
          <button type="button" data-testid="crumb" onClick={() => leave(0)}>
            {name || "network"}
          </button>
        </li>
        {path.map((id, depth) => (
          <li key={path.slice(0, depth + 1).join("/")}>
            <Glyph name="right" size={14} />
            {depth < path.length - 1 ? (
              <button type="button" data-testid="crumb" onClick={() => leave(depth + 1)}>
                {id}
              </button>
            ) : (
              <span aria-current="location" data-testid="crumb-here">
                <Glyph name="model" size={15} />
                {id}
              </span>
            )}
          </li>
        ))}
      </ol>
      <button type="button" className="crumbs-leave" data-testid="leave-block" title="Leave the block (Esc)" onClick={() => leave()}>
        Leave <kbd>Esc</kbd>
      </button>
    </nav>
  );

  function leave(depth?: number): void {
    editor.leave(depth);
    editor.focus();
  }
}
