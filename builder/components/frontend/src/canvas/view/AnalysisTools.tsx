/** The line above the table: filter, columns, memory of training, and the table as a file. */

import { ALL, BASIC, COLUMNS } from "../analysis/columns";
import { toggledColumn } from "../analysis/kept";
import type { Analysis, Forecast } from "../analysis/report";
import { useEditor, usePicked } from "../state/context";
import { bytes } from "../words/numbers";
import { Disclosure } from "./Disclosure";
import { Glyph } from "./Glyph";

interface Given {
  readonly analysis: Analysis | null;
  /** What is to be said, such as that a layer has a fault. */
  readonly words: string;
  readonly filter: string;
  setFilter(words: string): void;
  close(): void;
}

export function AnalysisTools({ analysis, words, filter, setFilter, close }: Given) {
  const url = usePicked((state) => state.data?.analysis_url);
  return (
    <div className="analysis-tools">
      <h2>Analysis</h2>
      <label className="analysis-filter">
        <Glyph name="search" size={16} />
        <input
          type="search"
          placeholder="Filter layers"
          aria-label="Filter layers"
          data-testid="analysis-filter"
          data-untouched={filter === ""}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </label>
      <Chooser />
      <p className="analysis-words" role="status" title={words} data-testid="analysis-words">
        {words}
      </p>
      {analysis && <Memory memory={analysis.memory} />}
      {url && (
        <a className="button analysis-button" href={`${url}.csv`} download data-testid="analysis-csv">
          <Glyph name="export" size={16} />
          Download CSV
        </a>
      )}
      <button type="button" className="tool" aria-label="Close the analysis" title="Close (A)" onClick={close}>
        <Glyph name="x" />
      </button>
    </div>
  );
}

function Chooser() {
  const editor = useEditor();
  const columns = usePicked((state) => state.analysis.columns);
  const choose = (chosen: readonly string[]): void => editor.arrangeAnalysis({ columns: chosen });
  return (
    <Disclosure face="Columns" className="button analysis-button" testid="analysis-columns">
      <div className="menu-list menu-left analysis-choices" role="group" aria-label="Columns">
        <div className="segments">
          <button type="button" role="radio" aria-checked={columns.length === BASIC.length && BASIC.every((id) => columns.includes(id))} onClick={() => choose(BASIC)}>
            Basic
          </button>
          <button type="button" role="radio" aria-checked={columns.length === ALL.length} onClick={() => choose(ALL)}>
            All {ALL.length}
          </button>
        </div>
        <div>
          {COLUMNS.slice(1).map((column) => (
            <label key={column.id} className="analysis-choice" title={column.help}>
              <input
                type="checkbox"
                checked={columns.includes(column.id)}
                data-testid={`column-${column.id}`}
                onChange={() => choose(toggledColumn(columns, column.id))}
              />
              {column.title}
            </label>
          ))}
        </div>
      </div>
    </Disclosure>
  );
}

const PARTS: readonly (readonly [string, (memory: Forecast) => number | null])[] = [
  ["Weights", (memory) => memory.weights],
  ["Gradients", (memory) => memory.gradients],
  ["What the optimizer remembers", (memory) => memory.optimizer_slots],
  ["Values of a batch", (memory) => memory.activations],
  ["Copies, so that nothing is lost", (memory) => memory.copies],
  ["Rows of data", (memory) => memory.data],
  ["The program itself", (memory) => memory.program],
];

/** The forecast in one sentence, and its parts behind it. */
function Memory({ memory }: { memory: Forecast }) {
  const words =
    memory.training_bytes === null
      ? "Training memory is not known"
      : `Training memory about ${bytes(memory.training_bytes)}`;
  return (
    <Disclosure face={words} className="button analysis-memory" testid="analysis-memory">
      <div className="menu-list menu-right analysis-parts">
        <p className="quiet">
          On the CPU, {memory.batch_size} rows at a time, with {memory.optimizer}. A forecast, usually within a tenth of the
          whole.
        </p>
        {PARTS.map(([name, read]) => (
          <Part key={name} name={name} value={read(memory)} />
        ))}
        <div className="menu-line" />
        <Part name="The whole process" value={memory.peak_bytes} />
      </div>
    </Disclosure>
  );
}

function Part({ name, value }: { name: string; value: number | null }) {
  return (
    <div className="amount">
      <span>{name}</span>
      <span>{value === null ? "unknown" : bytes(value)}</span>
    </div>
  );
}
