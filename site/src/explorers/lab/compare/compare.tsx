/** Up to six pinned runs side by side. */
import {useSignal} from '@preact/signals';
import type {LabTable} from '../data/lab-table.ts';
import {type LabState, MOST_PINS, togglePin} from '../state.ts';
import {Artifacts} from './artifacts.tsx';
import {Boundaries} from './boundaries.tsx';
import {ConfigurationTable} from './configuration-table.tsx';
import {Curves} from './curves.tsx';
import {pinnedRuns, useRecords} from './pinned.ts';
import {Spectra} from './spectra.tsx';
import './compare.css';

export function Compare({table, state}: {readonly table: LabTable; readonly state: LabState}) {
  const fault = useSignal('');
  const pinned = pinnedRuns(table, state.pins.value);
  const runs = useRecords(pinned, 'run', fault);
  return (
    <section class="lab-compare" aria-labelledby="lab-compare">
      <h3 id="lab-compare">Side by side</h3>
      {pinned.length === 0 ? (
        <p class="lab-hint">
          Pin two to {MOST_PINS} runs, by their boxes in the table or their marks in the plot. Their settings,
          curves, boundaries and spectra then stand here, with their files and the commands that make them
          again.
        </p>
      ) : (
        <>
          <ul class="lab-chips" aria-label="Pinned runs">
            {pinned.map(({id, name, mark}) => (
              <li key={id}>
                <button type="button" class="lab-chip" onClick={() => togglePin(state, id)}>
                  <svg width="22" height="8" aria-hidden="true">
                    <line
                      x1="0"
                      x2="22"
                      y1="4"
                      y2="4"
                      stroke={mark.colour}
                      stroke-width="2.5"
                      stroke-dasharray={mark.dash}
                    />
                  </svg>
                  <strong>{mark.letter}</strong> {name} <span aria-hidden="true">×</span>
                  <span class="visually-hidden"> let go</span>
                </button>
              </li>
            ))}
          </ul>
          <p class="explorer-status" role="status">
            {fault.value}
          </p>
          <ConfigurationTable table={table} pinned={pinned} />
          <div class="lab-pair">
            <Curves pinned={pinned} runs={runs} />
            <Spectra pinned={pinned} fault={fault} />
          </div>
          <Boundaries pinned={pinned} fault={fault} />
          <Artifacts pinned={pinned} runs={runs} fault={fault} />
        </>
      )}
    </section>
  );
}
