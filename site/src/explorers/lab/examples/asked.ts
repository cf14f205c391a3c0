/** What every network of one seed says of its test points: from records where they say it, else computed here. */
import {type ReadonlySignal, type Signal, useSignal} from '@preact/signals';
import {useEffect, useMemo} from 'preact/hooks';
import type {ExplorerExperiment} from '../../data/experiment.ts';
import {loadExperiment} from '../../data/use-experiment.ts';
import {networkOf} from '../../data/networks.ts';
import {type PlanePoints, pointsOf} from '../../data/points.ts';
import {ask} from '../../engine/engine.ts';
import type {PlaneExamples} from '../data/lab-file.ts';
import {flagsOf} from './bits.ts';

export interface Asked {
  readonly experiment: ExplorerExperiment;
  readonly points: PlanePoints;
  readonly levels: readonly number[];
  /** For each level, whether each test point is right; null where nobody has asked yet. */
  readonly right: readonly (Uint8Array | null)[];
  /** Whether all of it comes from records. */
  readonly recorded: boolean;
}

/** @param set what records say of the experiment @param fault takes what goes wrong */
export function useAsked(
  set: PlaneExamples | undefined,
  seed: number,
  fault: Signal<string>,
): ReadonlySignal<Asked | null> {
  const asked = useSignal<Asked | null>(null);
  useEffect(() => {
    if (set === undefined) return undefined;
    const controller = new AbortController();
    const fill = async (): Promise<void> => {
      const experiment = await loadExperiment(set.experiment);
      if (controller.signal.aborted) return;
      const points = pointsOf(experiment.dataset, seed);
      const count = points.test.labels.length;
      const right = set.levels.map((level) => {
        const text = set.recorded[`${seed}/${level}`];
        return text === undefined ? null : flagsOf(text, count);
      });
      const recorded = !right.includes(null);
      asked.value = {experiment, points, levels: set.levels, right, recorded};
      for (const [i, level] of set.levels.entries()) {
        if (right[i] !== null) continue;
        const odds = await oddsOf(asked.value, seed, level, controller.signal);
        right[i] = Uint8Array.from(points.test.labels, (label, p) =>
          Number((odds[p] ?? 0) > 0 === (label === 1)),
        );
        asked.value = {...asked.value, right: [...right]};
      }
    };
    fault.value = '';
    fill().catch((error: Error) => {
      if (!controller.signal.aborted) fault.value = error.message;
    });
    return () => controller.abort();
  }, [set, seed]);
  return asked;
}

/** Log-odds of class 1 at the test points, `[n]`. */
async function oddsOf(asked: Asked, seed: number, level: number, signal: AbortSignal): Promise<Float32Array> {
  const theta = await networkOf(asked.experiment, seed, level);
  const problem = problemOf(asked);
  const points = asked.points.test.inputs;
  const {atPoints} = await ask('boundary', {problem, theta, halfWidth: 1, size: 2, points}, {signal});
  return atPoints;
}

function problemOf({experiment, points}: Asked) {
  const {inputs, labels} = points.train;
  return {hidden: experiment.hidden, inputs, labels: Uint8Array.from(labels)};
}

export interface AtLevel {
  /** Log-odds over the square, `[SIZE, SIZE]`. */
  readonly logits: Float32Array;
  /** At the test points, `[n]`. */
  readonly odds: Float32Array;
  /** Distances of the test points to the boundary, `[n]`. */
  readonly margins: Float64Array;
}

export const SIZE = 100;

/** Boundary, log-odds and margins of the network at one level, once somebody wants them; null until then. */
export function useAtLevel(
  asked: Asked | null,
  seed: number,
  level: number | undefined,
  halfWidth: number,
  wanted: boolean,
  fault: Signal<string>,
): ReadonlySignal<AtLevel | null> {
  const at = useSignal<AtLevel | null>(null);
  const experiment = asked?.experiment;
  const problem = useMemo(() => (asked === null ? null : problemOf(asked)), [experiment, asked?.points]);
  useEffect(() => {
    at.value = null;
    if (asked === null || problem === null || level === undefined || !wanted) return undefined;
    const controller = new AbortController();
    const {signal} = controller;
    const compute = async (): Promise<void> => {
      const theta = await networkOf(asked.experiment, seed, level);
      const points = asked.points.test.inputs;
      const {logits, atPoints: odds} = await ask(
        'boundary',
        {problem, theta, halfWidth, size: SIZE, points},
        {signal},
      );
      const {distances: margins} = await ask(
        'margins',
        {problem, theta, points, maximum: halfWidth},
        {signal},
      );
      at.value = {logits, odds, margins};
    };
    compute().catch((error: Error) => {
      if (!signal.aborted) fault.value = error.message;
    });
    return () => controller.abort();
  }, [problem, seed, level, wanted]);
  return at;
}

/** Log-odds of a point's own class. */
export function ownOdds({points}: Asked, odds: Float32Array, point: number): number {
  const value = odds[point] ?? 0;
  return points.test.labels[point] === 1 ? value : -value;
}
