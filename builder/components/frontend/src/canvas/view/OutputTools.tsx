/** What the network gives out of this layer: its name among the outputs, and whether it is one. */

import { useState } from "react";
import { isOutput, outputName, outputNameFault, outputNamed } from "../design/ends";
import type { Node } from "../design/document";
import { drawnOutputs } from "../design/outputs";
import { useEditor, usePicked } from "../state/context";
import { useCommands } from "./doing";

/** Shown where there is something to say: several outputs, or one that was chosen by hand. */
export function OutputTools({ node }: { node: Node }) {
  const shown = usePicked((state) => state.shown);
  const commands = useCommands(["keep-in"]);
  if (!isOutput(shown, node.id) || (!shown.outputs && drawnOutputs(shown).length < 2)) return null;
  return (
    <div className="panel outputs" data-testid="output-tools">
      <div className="row-head">
        <h3>Output</h3>
        {commands.map(({ command, run }) => (
          <button key={command.id} type="button" className="link" data-testid={`tool-${command.id}`} title={`${command.title} (O)`} onClick={run}>
            {command.title}
          </button>
        ))}
      </div>
      <OutputName key={`${node.id}/${outputName(shown, node.id)}`} id={node.id} name={outputName(shown, node.id)} />
    </div>
  );
}

function OutputName({ id, name }: { id: string; name: string }) {
  const editor = useEditor();
  const [text, setText] = useState(name);
  const fault = text === name ? null : outputNameFault(editor.design, id, text);
  const finish = (): void => {
    if (text !== name && !fault) editor.edit(`name the output of ${id}`, [outputNamed(editor.design, id, text)]);
  };
  return (
    <>
      <label className="output-name">
        <span>name</span>
        <span className={`control${fault ? " control-faulty" : ""}`}>
          <input
            type="text"
            value={text}
            maxLength={100}
            aria-invalid={fault !== null}
            data-testid="output-name"
            onChange={(event) => setText(event.target.value.trim())}
            onBlur={finish}
            onKeyDown={(event) => {
              if (event.key === "Enter") finish();
            }}
          />
        </span>
      </label>
      {fault && (
        <div className="field-fault" role="alert">
          {fault}
        </div>
      )}
    </>
  );
}
