/** What is chosen: its picture, its name, and what can be done to it as a whole. */

import { useEffect, useState } from "react";
import { type LayerSpec, glyphOf } from "../design/catalog";
import { type Node, indexOf } from "../design/document";
import { nameFault } from "../design/names";
import { useEditor } from "../state/context";
import { openMenu } from "./ContextMenu";
import { Glyph, Tile } from "./Glyph";

export function NodeHead({
  node,
  spec,
  help,
  setHelp,
}: {
  node: Node;
  spec: LayerSpec | undefined;
  help: boolean;
  setHelp: (on: boolean) => void;
}) {
  const [renaming, setRenaming] = useState(false);
  useEffect(() => setRenaming(false), [node.id]);
  return (
    <header className="head">
      <Tile name={glyphOf(node.type, spec?.family)} family={spec?.family ?? (node.graph ? "block" : undefined)} size="m" />
      <div className="head-words">
        {renaming ? (
          <Rename node={node} done={() => setRenaming(false)} />
        ) : (
          <button type="button" className="head-name" title="Rename" data-testid="node-name" onClick={() => setRenaming(true)}>
            {node.id}
          </button>
        )}
        <div className="head-type">{node.type}</div>
      </div>
      <button
        type="button"
        className="tool"
        aria-label="What this layer does"
        aria-pressed={help}
        title="What this layer does"
        data-testid="node-help"
        onClick={() => setHelp(!help)}
      >
        <Glyph name="help" size={17} />
      </button>
      <MoreButton />
    </header>
  );
}

/** Opens the menu of the selected layers below its button. */
export function MoreButton() {
  const editor = useEditor();
  return (
    <button
      type="button"
      className="tool"
      aria-label="More"
      aria-haspopup="menu"
      title="More"
      data-testid="node-more"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        openMenu(editor, box.right, box.bottom + 4);
      }}
    >
      <Glyph name="dots" size={17} />
    </button>
  );
}

function Rename({ node, done }: { node: Node; done: () => void }) {
  const editor = useEditor();
  const [text, setText] = useState(node.id);
  const taken = indexOf(editor.design);
  const fault = text === node.id ? null : nameFault(text, taken);
  const finish = (): void => {
    done();
    if (text !== node.id && !fault)
      editor.edit(`rename ${node.id}`, [{ kind: "rename_node", id: node.id, to: text }], { selected: new Set([text]) });
  };
  return (
    <>
      <input
        className="head-field"
        autoFocus
        value={text}
        maxLength={100}
        aria-label="Name of the layer"
        aria-invalid={fault !== null}
        data-testid="node-name-field"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value.trim())}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish();
          if (event.key === "Escape") done();
        }}
      />
      {fault && (
        <div className="field-fault" role="alert">
          {fault}
        </div>
      )}
    </>
  );
}
