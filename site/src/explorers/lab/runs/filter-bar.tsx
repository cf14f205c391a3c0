/** Filters as a form: all that the rectangle in the plot can do, and more, by keyboard. */
import {useSignal} from '@preact/signals';
import {useId} from 'preact/hooks';
import type {LabTable} from '../data/lab-table.ts';
import {shown} from '../format.ts';
import type {LabState} from '../state.ts';
import {type RangeFilter, withRange} from './filters.ts';
import {QuantityOptions} from './quantity-options.tsx';

interface Props {
  readonly table: LabTable;
  readonly state: LabState;
}

export function FilterBar({table, state}: Props) {
  const {experiments, ranges} = state;
  return (
    <div class="lab-filters">
      <fieldset class="lab-chips">
        <legend>Experiments</legend>
        {table.file.experiments.map(({name}) => (
          <label key={name} class="lab-check">
            <input
              type="checkbox"
              checked={experiments.value.length === 0 || experiments.value.includes(name)}
              onChange={(event) => {
                const all = table.file.experiments.map((one) => one.name);
                const now = experiments.value.length === 0 ? all : experiments.value;
                const next = event.currentTarget.checked
                  ? all.filter((one) => one === name || now.includes(one))
                  : now.filter((one) => one !== name);
                experiments.value = next.length === all.length || next.length === 0 ? [] : next;
                // Nothing at all is never meant: then everything comes back, and the box with it.
                event.currentTarget.checked =
                  experiments.value.length === 0 || experiments.value.includes(name);
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <RangeForm table={table} onAdd={(range) => (ranges.value = withRange(ranges.value, range))} />
      {ranges.value.length > 0 && (
        <ul class="lab-chips" aria-label="Filters">
          {ranges.value.map((range) => (
            <li key={range.key}>
              <button
                type="button"
                class="lab-chip"
                onClick={() => {
                  ranges.value = ranges.value.filter(({key}) => key !== range.key);
                }}
              >
                {rangeText(table, range)} <span aria-hidden="true">×</span>
                <span class="visually-hidden"> remove this filter</span>
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              class="lab-chip"
              onClick={() => {
                ranges.value = [];
              }}
            >
              Clear all
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}

function RangeForm({table, onAdd}: {readonly table: LabTable; readonly onAdd: (range: RangeFilter) => void}) {
  const key = useSignal('seed');
  const from = useSignal('');
  const to = useSignal('');
  const id = useId();
  const isShare = table.quantity(key.value)?.kind === 'share';
  const unit = isShare ? 100 : 1;
  return (
    <form
      class="lab-range"
      onSubmit={(event) => {
        event.preventDefault();
        const low = from.value === '' ? -Infinity : Number(from.value) / unit;
        const high = to.value === '' ? Infinity : Number(to.value) / unit;
        if (low <= high && (low > -Infinity || high < Infinity)) onAdd({key: key.value, from: low, to: high});
      }}
    >
      <div class="explorer-select">
        <label for={`${id}key`}>Filter by</label>
        <select
          id={`${id}key`}
          onChange={(event) => {
            key.value = event.currentTarget.value;
          }}
        >
          <QuantityOptions table={table} chosen={key.value} />
        </select>
      </div>
      {[
        {name: 'from', value: from},
        {name: 'to', value: to},
      ].map((end) => (
        <div key={end.name} class="explorer-select">
          <label for={id + end.name}>
            {end.name}
            {isShare && ' (%)'}
          </label>
          <input
            id={id + end.name}
            type="number"
            step="any"
            value={end.value.value}
            onInput={(event) => {
              end.value.value = event.currentTarget.value;
            }}
          />
        </div>
      ))}
      <button type="submit" class="explorer-button">
        Add
      </button>
    </form>
  );
}

function rangeText(table: LabTable, {key, from, to}: RangeFilter): string {
  const quantity = table.quantity(key);
  if (quantity === undefined) return key;
  const unit = quantity.kind === 'share' ? '%' : '';
  const [low, high] = [shown(quantity, from) + unit, shown(quantity, to) + unit];
  if (from === to) return `${quantity.label} = ${low}`;
  if (from === -Infinity) return `${quantity.label} ≤ ${high}`;
  if (to === Infinity) return `${quantity.label} ≥ ${low}`;
  return `${quantity.label} ${low} … ${high}`;
}
