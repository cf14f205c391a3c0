/** Spectra of the pinned runs: which share of the eigenvalues is larger than each size. */
import type {Signal} from '@preact/signals';
import {Chart, type Series} from '../../ui/chart.tsx';
import {type Pinned, useRecords} from './pinned.ts';
import {sharesAbove} from './shares-above.ts';

interface Props {
  readonly pinned: readonly Pinned[];
  readonly fault: Signal<string>;
}

export function Spectra({pinned, fault}: Props) {
  const records = useRecords(pinned, 'spectrum', fault);
  const measured = pinned.filter(({id}) => records.get(id));
  const without = pinned.filter(({id}) => records.get(id) === null);
  const series = measured.map(({id, mark}): Series => {
    const {nodes = [], weights = []} = records.get(id)?.data.density ?? {};
    return {
      name: id,
      colour: mark.colour,
      kind: 'line',
      dash: mark.dash,
      points: sharesAbove(nodes, weights),
    };
  });
  const largest = series.flatMap(({points}) => points.map(([value]) => value));
  const high = Math.max(...largest, 1e-3);
  return (
    <section class="lab-part">
      <h4>Spectra of the Hessian</h4>
      <p class="lab-note">
        Relative coordinates, clean training loss.
        {without.length > 0 && ` Not measured: ${without.map(({mark}) => mark.letter).join(', ')}.`}
      </p>
      <Chart
        label={`Share of the Hessian's eigenvalues above each size, of ${measured.length} runs`}
        x={{label: 'eigenvalue', scale: 'log', domain: [high * 1e-9, high * 2]}}
        y={{label: 'share that is larger', scale: 'log', domain: [1e-5, 1]}}
        series={series}
        height={260}
      />
    </section>
  );
}
