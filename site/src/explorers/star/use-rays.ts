/** Follows rays from both minima, a few at a time, as many as are wanted. */
import {type ReadonlySignal, type Signal, useSignal, useSignalEffect} from '@preact/signals';
import type {ExplorerExperiment} from '../data/experiment.ts';
import {networkOf} from '../data/networks.ts';
import {pointsOf} from '../data/points.ts';
import type {RadiiValue} from '../engine/calls/radii.ts';
import {ask} from '../engine/engine.ts';

/** Losses at which basins end: the slider's. Every ray is measured at all of them, so the slider needs no new measurement. */
export const CUTOFFS = [0.1, 0.17, 0.25, 0.35, 0.5, 0.7, 1, 2, 4] as const;

export const MOST_RAYS = 2048;

/** What was measured of one minimum. */
export interface Measured {
  readonly count: number;
  readonly dimension: number;
  readonly anchorLoss: number;
  readonly tolerance: number;
  readonly maximum: number;
  /** At each cutoff, `[count]`; empty where the minimum lies above it. */
  readonly radii: readonly (readonly number[])[];
  readonly undefinedRays: readonly number[];
}

export type Pair<T> = readonly [T, T];

interface Wanted {
  readonly experiment: ReadonlySignal<ExplorerExperiment | null>;
  readonly seed: ReadonlySignal<number>;
  /** Level of the poisoned network. */
  readonly level: ReadonlySignal<number>;
  /** How many rays. */
  readonly rays: ReadonlySignal<number>;
  readonly status: Signal<string>;
}

/** Few at first, so that something is seen at once; a batch of the engine is 64. */
function chunkAt(count: number): number {
  return count < 16 ? 8 : count < 64 ? 16 : 32;
}

/** null until the first rays have come. */
export function useRays({
  experiment,
  seed,
  level,
  rays,
  status,
}: Wanted): ReadonlySignal<Pair<Measured> | null> {
  const measured = useSignal<Pair<Measured> | null>(null);
  const of = useSignal('');
  useSignalEffect(() => {
    const [loaded, ofSeed, ofLevel, wanted] = [experiment.value, seed.value, level.value, rays.value];
    if (loaded === null) return undefined;
    const key = `${ofSeed}/${ofLevel}`;
    if (of.peek() !== key) {
      of.value = key;
      measured.value = null;
    }
    const controller = new AbortController();
    const follow = async (): Promise<void> => {
      try {
        for (;;) {
          const have = measured.peek();
          const from = have?.[0].count ?? 0;
          if (from >= wanted) break;
          status.value = `Following rays ${from + 1} to ${wanted} of both minima.`;
          const directions = Math.min(chunkAt(from), wanted - from);
          const parts = await measure(loaded, ofSeed, ofLevel, from, directions, controller.signal);
          if (controller.signal.aborted) return;
          measured.value = [joined(have?.[0], parts[0], loaded), joined(have?.[1], parts[1], loaded)];
        }
        status.value = '';
      } catch (error) {
        if (!controller.signal.aborted) status.value = (error as Error).message;
      }
    };
    void follow();
    return () => controller.abort();
  });
  return measured;
}

async function measure(
  experiment: ExplorerExperiment,
  seed: number,
  level: number,
  from: number,
  directions: number,
  signal: AbortSignal,
): Promise<Pair<RadiiValue>> {
  const {basin, hidden, dataset, levels} = experiment;
  if (basin === null) throw new Error('No basins were measured in these results.');
  const {inputs, labels} = pointsOf(dataset, seed).train;
  const problem = {hidden, inputs, labels: Uint8Array.from(labels)};
  const one = async (poison: number | undefined): Promise<RadiiValue> => {
    const theta = await networkOf(experiment, seed, poison);
    const {maximumRadius: maximum, tolerance} = basin;
    const args = {problem, theta, seed, from, directions, cutoffs: CUTOFFS, maximum, tolerance};
    return ask('radii', args, {signal});
  };
  return [await one(levels[0]), await one(levels[level])];
}

function joined(have: Measured | undefined, part: RadiiValue, {basin}: ExplorerExperiment): Measured {
  return {
    count: (have?.count ?? 0) + Math.max(0, ...part.radii.map((radii) => radii.length)),
    dimension: part.dimension,
    anchorLoss: part.anchorLoss,
    tolerance: Math.max(have?.tolerance ?? 0, part.tolerance),
    maximum: basin?.maximumRadius ?? Infinity,
    radii: part.radii.map((radii, i) => [...(have?.radii[i] ?? []), ...radii]),
    undefinedRays: part.undefinedRays.map((count, i) => count + (have?.undefinedRays[i] ?? 0)),
  };
}
