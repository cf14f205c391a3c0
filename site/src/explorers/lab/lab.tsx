/**
 * The laboratory: every run in one place, to be filtered, sorted, plotted and compared.
 *
 * Table and linked views are written out here. A few hundred runs need no library: TanStack Table's sorting, filtering and
 * selection alone are 13 kB (brotli) for what are forty lines, Observable Plot is 72 kB and leaves the brush to us, and
 * Mosaic brings a database of 30 MB.
 */
import {useComputed, useSignal, useSignalEffect} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useEffect, useRef} from 'preact/hooks';
import {Choice} from '../ui/choice.tsx';
import {loadLab} from './data/lab-file.ts';
import {type LabTable, labTable} from './data/lab-table.ts';
import {Compare} from './compare/compare.tsx';
import {shown} from './format.ts';
import {AxisControls} from './runs/axis-controls.tsx';
import {offerFile, runsAsCsv, runsAsJson} from './runs/export-runs.ts';
import {FilterBar} from './runs/filter-bar.tsx';
import {filteredRows} from './runs/filters.ts';
import {Legend} from './runs/legend.tsx';
import {RunTable} from './runs/run-table.tsx';
import {Scatter} from './runs/scatter.tsx';
import {type LabState, useLabState} from './state.ts';
import './lab.css';

interface Props {
  /** What is there before any script, and without: a picture and a plain table. */
  readonly children?: ComponentChildren;
}

export function Lab({children}: Props) {
  const state = useLabState();
  const table = useSignal<LabTable | null>(null);
  const fault = useSignal('');
  useEffect(() => {
    loadLab().then(
      (file) => (table.value = labTable(file)),
      (error: Error) => (fault.value = error.message),
    );
  }, []);
  if (table.value === null || table.value.size === 0) {
    return (
      <div class="lab lab-runs">
        {children}
        {fault.value !== '' && (
          <p class="explorer-status" role="status">
            {fault.value}
          </p>
        )}
      </div>
    );
  }
  return <Runs table={table.value} state={state} />;
}

function Runs({table, state}: {readonly table: LabTable; readonly state: LabState}) {
  const hovered = useSignal(-1);
  useSignalEffect(() => {
    // What an address asks for, or is usual, need not have been measured here.
    for (const axis of [state.x, state.y])
      if (table.quantity(axis.value) === undefined) axis.value = table.quantities[0]?.key ?? axis.value;
  });
  const message = useSignal('');
  const passed = useComputed(() => filteredRows(table, state.experiments.value, state.ranges.value));
  const say = (text: string): void => {
    message.value = text;
  };
  const stage = useRef<HTMLDivElement>(null);
  return (
    <div
      class="lab lab-runs"
      ref={stage}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || state.ranges.value.length === 0) return;
        state.ranges.value = [];
        say('Filters cleared.');
      }}
    >
      <figure class="explorer lab-plot" id="lab-runs">
        <div class="lab-axes">
          <AxisControls table={table} state={state} />
        </div>
        <Scatter {...{table, state, passed, hovered, say}} />
        <Legend table={table} state={state} />
        <Readout {...{table, state, passed, hovered}} />
        <figcaption>
          <p>
            Drag a rectangle to keep the runs in it, here and in the table; click a mark to pin its run. Try λ
            against the gap: within each experiment, what generalizes worse lies in a sharper minimum.
          </p>
        </figcaption>
      </figure>
      <FilterBar table={table} state={state} />
      <div class="lab-actions">
        <Choice
          label="Columns"
          value={state.columns}
          options={[
            {value: 'main', label: 'main'},
            {value: 'all', label: 'all'},
          ]}
        />
        <Exports {...{table, state, passed}} />
      </div>
      <p class="explorer-status" role="status">
        {message.value}
      </p>
      <RunTable {...{table, state, passed, hovered, say}} />
      <Compare table={table} state={state} />
    </div>
  );
}

/** What is pointed at, or how many runs are in sight; always as high. */
function Readout({
  table,
  state,
  passed,
  hovered,
}: Pick<Parameters<typeof Scatter>[0], 'table' | 'state' | 'passed' | 'hovered'>) {
  const [x, y] = [state.x.value, state.y.value].map((key) => table.quantity(key));
  const row = hovered.value;
  const missing = passed.value.filter((at) =>
    [x, y].some((quantity) => quantity === undefined || table.number(quantity.key, at) === null),
  ).length;
  return (
    <p class="lab-readout">
      {row >= 0 && x !== undefined && y !== undefined ? (
        <>
          <strong>{table.name(row)}</strong>: {y.label} {shown(y, table.number(y.key, row))}, {x.label}{' '}
          {shown(x, table.number(x.key, row))}
        </>
      ) : (
        `${passed.value.length} of ${table.size} runs${missing > 0 ? `; ${missing} of them lack ${x?.label} or ${y?.label}` : ''}.`
      )}
    </p>
  );
}

function Exports({table, state, passed}: Pick<Parameters<typeof Scatter>[0], 'table' | 'state' | 'passed'>) {
  const pinned = state.pins.value.map((id) => table.rowOf(id)).filter((row) => row >= 0);
  const [what, rows] = pinned.length > 0 ? ['pinned', pinned] : ['in the table', passed.value];
  const copied = useSignal(false);
  return (
    <div class="lab-exports" role="group" aria-label="Export">
      <span>
        {rows.length} {rows.length === 1 ? 'run' : 'runs'} {what}:
      </span>
      <button
        type="button"
        class="explorer-button"
        onClick={() => offerFile('minefield-runs.csv', 'text/csv', runsAsCsv(table, rows))}
      >
        CSV
      </button>
      <button
        type="button"
        class="explorer-button"
        onClick={() => offerFile('minefield-runs.json', 'application/json', runsAsJson(table, rows))}
      >
        JSON
      </button>
      <button
        type="button"
        class="explorer-button"
        onClick={async () => {
          await navigator.clipboard?.writeText(location.href);
          copied.value = true;
        }}
      >
        {copied.value ? 'Link copied' : 'Copy link'}
      </button>
    </div>
  );
}
