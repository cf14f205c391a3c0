import {poison} from '../../../lib/format.ts';
import type {LabTable} from '../data/lab-table.ts';
import type {LabState} from '../state.ts';
import {betaColours, experimentColour, markOf} from './colours.ts';

/** What shapes and colours mean. */
export function Legend({table, state}: {readonly table: LabTable; readonly state: LabState}) {
  const byBeta = state.colour.value === 'beta';
  const colour = betaColours(table);
  const betas = [...new Set(table.file.numbers['beta'] ?? [])]
    .filter((beta) => beta !== null)
    .toSorted((a, b) => a - b);
  const positive = betas.filter((beta) => beta > 0);
  const steps = [
    ...(betas.includes(0) ? [0] : []),
    ...[0, 0.33, 0.67, 1].map((t) => positive[Math.round(t * (positive.length - 1))]),
  ].filter((beta) => beta !== undefined);
  return (
    <ul class="lab-legend">
      {table.file.experiments.map(({name}, i) => (
        <li key={name}>
          <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
            <path d={markOf(i, 60)} fill={byBeta ? 'currentColor' : experimentColour(i)} />
          </svg>
          {name}
        </li>
      ))}
      {byBeta && (
        <li class="lab-scale">
          β
          {[...new Set(steps)].map((beta) => (
            <span key={beta}>
              <svg width="11" height="11" aria-hidden="true">
                <rect width="11" height="11" rx="2" fill={colour(beta)} />
              </svg>
              {poison(beta)}
            </span>
          ))}
        </li>
      )}
    </ul>
  );
}
