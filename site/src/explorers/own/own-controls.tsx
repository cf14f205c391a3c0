/** What can be chosen before a training. */
import type {Signal} from '@preact/signals';
import {Choice} from '../ui/choice.tsx';
import {Range} from '../ui/range.tsx';
import {Select} from '../ui/select.tsx';
import {thousands} from '../data/format.ts';
import {
  BETAS,
  NETWORKS,
  type NetworkName,
  OPTIMIZERS,
  type OptimizerName,
  RATES,
  STEPS,
  STOPS,
  type StopName,
} from './settings.ts';

export type DataName = 'spirals' | 'circles' | 'painted';

/** Places are those of the lists. */
export interface OwnSettings {
  readonly data: Signal<DataName>;
  readonly beta: Signal<number>;
  readonly seed: Signal<number>;
  readonly network: Signal<NetworkName>;
  readonly optimizer: Signal<OptimizerName>;
  readonly rate: Signal<number>;
  readonly steps: Signal<number>;
  readonly stop: Signal<StopName>;
}

export const MOST_SEEDS = 50;

export function OwnControls(settings: OwnSettings) {
  const {data, beta, seed, network, optimizer, rate, steps, stop} = settings;
  return (
    <>
      <Choice
        label="Data"
        value={data}
        options={[
          {value: 'spirals', label: 'spirals'},
          {value: 'circles', label: 'circles'},
          {value: 'painted', label: 'paint'},
        ]}
      />
      <Range
        label="Poison factor"
        value={beta}
        min={0}
        max={BETAS.length - 1}
        text={(at) => (at === 0 ? 'β = 0, none' : `β = ${BETAS[at]}`)}
      />
      <Range label="Seed" value={seed} min={1} max={MOST_SEEDS} text={String} />
      <Range
        label="Steps at most"
        value={steps}
        min={0}
        max={STEPS.length - 1}
        text={(at) => `${thousands(STEPS[at] ?? 0)}${STEPS[at] === 100_000 ? ', the article’s' : ''}`}
      />
      <Choice label="Stop" value={stop} options={STOPS} />
      <Select label="Hidden layers" value={network} options={NETWORKS} />
      <Select label="Optimizer" value={optimizer} options={OPTIMIZERS} />
      <Range
        label="Learning rate"
        value={rate}
        min={0}
        max={RATES.length - 1}
        text={(at) => String(RATES[at])}
      />
    </>
  );
}
