/** What stands on each axis, on which scale, and what the colour means. */
import type {Signal} from '@preact/signals';
import {useId} from 'preact/hooks';
import {Choice} from '../../ui/choice.tsx';
import type {LabTable} from '../data/lab-table.ts';
import {type LabState, type ScaleChoice, useLogarithmic} from '../state.ts';
import {QuantityOptions} from './quantity-options.tsx';

export function AxisControls({table, state}: {readonly table: LabTable | null; readonly state: LabState}) {
  return (
    <>
      <Axis label="Across" table={table} value={state.x} scale={state.xScale} />
      <Axis label="Up" table={table} value={state.y} scale={state.yScale} />
      <Choice
        label="Colour"
        value={state.colour}
        options={[
          {value: 'beta', label: 'poison'},
          {value: 'experiment', label: 'experiment'},
        ]}
      />
    </>
  );
}

interface AxisProps {
  readonly label: string;
  readonly table: LabTable | null;
  readonly value: Signal<string>;
  readonly scale: Signal<ScaleChoice>;
}

function Axis({label, table, value, scale}: AxisProps) {
  const id = useId();
  const suits = (): 'linear' | 'log' => table?.quantity(value.value)?.scale ?? 'linear';
  const log = useLogarithmic(scale, suits);
  return (
    <div class="explorer-select lab-axis">
      <label for={id}>{label}</label>
      <div>
        <select
          id={id}
          value={value.value}
          onChange={(event) => {
            value.value = event.currentTarget.value;
            scale.value = 'auto';
          }}
        >
          <QuantityOptions table={table} chosen={value.value} />
        </select>
        <label class="lab-check">
          <input
            type="checkbox"
            checked={log.value}
            onChange={(event) => {
              const chosen = event.currentTarget.checked ? 'log' : 'linear';
              scale.value = chosen === suits() ? 'auto' : chosen;
            }}
          />
          <span>
            log<span class="visually-hidden"> scale, {label.toLowerCase()}</span>
          </span>
        </label>
      </div>
    </div>
  );
}
