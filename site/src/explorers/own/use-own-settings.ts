/** All that a reader has chosen, kept in the address, and what follows from it. */
import {type ReadonlySignal, type Signal, useComputed} from '@preact/signals';
import type {TrainArgs} from '../engine/calls/train.ts';
import {listedCodec, wholeCodec, wordCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {type DataName, MOST_SEEDS, type OwnSettings} from './own-controls.tsx';
import {type OwnData, type OwnPoints, ownSplits} from './own-data.ts';
import {type PaintedPoint, arraysOf, paintCodec} from './paint.ts';
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
  hiddenOf,
  recipeOf,
  stopRule,
} from './settings.ts';

/** What names a training. */
export type OwnProblem = Omit<TrainArgs, 'stop' | 'resume' | 'once'>;

export interface OwnChoice {
  readonly settings: OwnSettings;
  readonly painted: Signal<readonly PaintedPoint[]>;
  /** Points to train on. */
  readonly points: ReadonlySignal<OwnPoints>;
  readonly problem: ReadonlySignal<OwnProblem>;
  readonly stop: ReadonlySignal<TrainArgs['stop']>;
}

const DATA: readonly DataName[] = ['spirals', 'circles', 'painted'];

function valuesOf<Value extends string>(options: readonly {readonly value: Value}[]): readonly Value[] {
  return options.map(({value}) => value);
}

export function useOwnSettings(): OwnChoice {
  const settings: OwnSettings = {
    data: useUrlState<DataName>('own.data', 'spirals', wordCodec(DATA)),
    beta: useUrlState<number>('own.beta', BETAS.indexOf(0.8), listedCodec(BETAS)),
    seed: useUrlState('own.seed', 2, wholeCodec(1, MOST_SEEDS)),
    network: useUrlState<NetworkName>('own.network', 'article', wordCodec(valuesOf(NETWORKS))),
    optimizer: useUrlState<OptimizerName>('own.optimizer', 'adam', wordCodec(valuesOf(OPTIMIZERS))),
    rate: useUrlState<number>('own.rate', RATES.indexOf(0.005), listedCodec(RATES)),
    steps: useUrlState<number>('own.steps', STEPS.indexOf(30_000), listedCodec(STEPS)),
    stop: useUrlState<StopName>('own.stop', 'bad', wordCodec(valuesOf(STOPS))),
  };
  const painted = useUrlState<readonly PaintedPoint[]>('own.points', [], paintCodec);
  const {data, beta, seed, network, optimizer, rate, steps, stop} = settings;
  const ownData = useComputed<OwnData>(() =>
    data.value === 'painted' ? {kind: 'painted', ...arraysOf(painted.value)} : {kind: data.value},
  );
  return {
    settings,
    painted,
    points: useComputed<OwnPoints>(() =>
      ownData.value.kind === 'painted' ? ownData.value : ownSplits(ownData.value, seed.value).train,
    ),
    problem: useComputed<OwnProblem>(() => ({
      data: ownData.value,
      hidden: hiddenOf(network.value),
      seed: seed.value,
      poisonFactor: BETAS[beta.value] ?? 0,
      recipe: recipeOf({
        optimizer: optimizer.value,
        learningRate: RATES[rate.value] ?? 0.005,
        steps: STEPS[steps.value] ?? 30_000,
      }),
    })),
    stop: useComputed(() => stopRule(stop.value)),
  };
}
