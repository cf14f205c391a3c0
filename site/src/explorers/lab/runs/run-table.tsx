/** The runs as a table: sorted by any column, the pinned ones chosen in it, one page at a time. */
import {type ReadonlySignal, type Signal, useSignal, useSignalEffect} from '@preact/signals';
import {siteRoot} from '../../data/site-root.ts';
import type {LabTable} from '../data/lab-table.ts';
import type {Quantity} from '../data/quantities.ts';
import {shown} from '../format.ts';
import {type LabState, pinMarks, togglePin} from '../state.ts';
import {sortedRows} from './filters.ts';

interface Props {
  readonly table: LabTable;
  readonly state: LabState;
  readonly passed: ReadonlySignal<readonly number[]>;
  readonly hovered: Signal<number>;
  readonly say: (message: string) => void;
}

const PAGE = 50;
/** Rows that are drawn in one go as the page comes alive: a phone answers to a finger in between. */
const AT_ONCE = 13;

export function RunTable({table, state, passed, hovered, say}: Props) {
  const page = useSignal(0);
  const drawn = useSignal(0);
  useSignalEffect(() => {
    const next = drawn.value + AT_ONCE;
    if (drawn.value >= PAGE) return;
    const timer = setTimeout(() => (drawn.value = next));
    return () => clearTimeout(timer);
  });
  useSignalEffect(() => {
    // Other rows, or in another order: what was looked for is at the top.
    void passed.value;
    void state.sorting.value;
    page.value = 0;
  });
  const sorting = state.sorting.value;
  const sorted = sortedRows(table, passed.value, sorting);
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
  const first = Math.min(page.value, pages - 1) * PAGE;
  const columns = columnsOf(table, state);
  const sortBy = (key: string): void => {
    state.sorting.value = {key, falling: sorting.key === key && !sorting.falling};
  };
  const heading = (key: string, label: string, unit: string, numeric: boolean) => (
    <th
      key={key}
      scope="col"
      class={numeric ? 'numeric' : 'lab-name'}
      aria-sort={sorting.key === key ? (sorting.falling ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => sortBy(key)}>
        {label}
        {unit !== '' && <small> {unit}</small>}
      </button>
    </th>
  );
  return (
    <>
      <div class="lab-table table-scroll" tabIndex={0} role="region" aria-label="Runs that pass the filters">
        <table>
          <caption class="visually-hidden">
            {sorted.length} of {table.size} runs, sorted by{' '}
            {table.quantity(sorting.key)?.label ?? sorting.key}. The first column pins runs to be compared.
          </caption>
          <thead>
            <tr>
              {heading('experiment', 'Run', '', false)}
              {columns.map(({key, label, unit, kind}) =>
                heading(key, label, kind === 'share' && unit !== 'points' ? '%' : shortUnit(unit), true),
              )}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(first, first + Math.min(PAGE, drawn.value)).map((row) => (
              <Row key={table.id(row)} {...{table, state, columns, row, hovered, say}} />
            ))}
          </tbody>
        </table>
        {sorted.length === 0 && <p class="lab-none">No run passes all the filters.</p>}
      </div>
      <div class="lab-pager">
        <button
          type="button"
          class="explorer-button"
          disabled={first === 0}
          onClick={() => (page.value = Math.max(0, page.value - 1))}
        >
          Previous<span class="visually-hidden"> runs</span>
        </button>
        <span role="status">
          {sorted.length === 0 ? '0' : `${first + 1}–${Math.min(first + PAGE, sorted.length)}`} of{' '}
          {sorted.length}
        </span>
        <button
          type="button"
          class="explorer-button"
          disabled={first + PAGE >= sorted.length}
          onClick={() => (page.value = Math.min(pages - 1, page.value + 1))}
        >
          Next<span class="visually-hidden"> runs</span>
        </button>
      </div>
    </>
  );
}

interface RowProps extends Pick<Props, 'table' | 'state' | 'hovered' | 'say'> {
  readonly columns: readonly Quantity[];
  readonly row: number;
}

function Row({table, state, columns, row, hovered, say}: RowProps) {
  const id = table.id(row);
  const pinned = state.pins.value.indexOf(id);
  const mark = pinMarks[pinned];
  const name = table.name(row);
  return (
    <tr
      data-run={id}
      data-pinned={pinned >= 0}
      onMouseEnter={() => (hovered.value = row)}
      onMouseLeave={() => (hovered.value = -1)}
    >
      <th scope="row" class="lab-name">
        <label>
          <input
            type="checkbox"
            checked={pinned >= 0}
            onChange={(event) => {
              if (!togglePin(state, id)) say('Six runs are pinned; let one go first.');
              event.currentTarget.checked = state.pins.value.includes(id);
            }}
          />
          <span class="visually-hidden">Pin {name}</span>
        </label>
        <span class="lab-letter">{mark?.letter ?? ''}</span>
        <a href={`${siteRoot()}runs/${id}.html`} title={name}>
          {table.word('experiment', row)}
          <span class="visually-hidden">
            , β = {table.number('beta', row)}, seed {table.number('seed', row)}
          </span>
        </a>
      </th>
      {columns.map((quantity) => (
        <td key={quantity.key} class="numeric">
          {shown(quantity, table.number(quantity.key, row))}
        </td>
      ))}
    </tr>
  );
}

/** The main ones and those of the axes, or all. */
function columnsOf(table: LabTable, state: LabState): readonly Quantity[] {
  const onAxes = [state.x.value, state.y.value];
  return table.quantities.filter(
    ({key, main}) => state.columns.value === 'all' || main === true || onAxes.includes(key),
  );
}

/** Long units are for axes. */
function shortUnit(unit: string): string {
  return unit.length <= 7 ? unit : '';
}
