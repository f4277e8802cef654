/** What stands on an empty canvas: how to begin, and drawings to begin from. */

import { useEditor, usePicked } from "../state/context";
import { Glyph } from "./Glyph";

export function Empty() {
  const editor = useEditor();
  const templates = usePicked((state) => state.data?.templates);
  return (
    <div className="empty" data-testid="empty-canvas">
      <p className="empty-hint">
        Drag an input here, or press <kbd>Ctrl K</kbd>.
      </p>
      {templates && templates.length > 0 && (
        <>
          <p className="empty-or">Or begin with one of these.</p>
          <div className="empty-cards">
            {templates.map((template) => (
              <button
                key={template.name}
                type="button"
                className="card"
                data-testid={`template-${template.name}`}
                onClick={() => editor.act({ name: "template", template: template.name })}
              >
                <span className="card-title">
                  <Glyph name="n_build" size={16} /> {template.title}
                </span>
                <span className="card-summary">{template.summary}</span>
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
