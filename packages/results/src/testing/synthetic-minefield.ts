import type {AnalysisOf, RunRecord} from '../record.ts';
import {brief, fakeHash, normal, range, uniform} from './noise.ts';
import {noiseOf} from './synthetic-run.ts';

type Search = AnalysisOf<'search'>['data'];
type Minefield = AnalysisOf<'minefield'>['data'];

const searches = 24;
const stepsBetween = 40;

/** Searches from points on a run's path; the third one diverged. */
export function syntheticSearch(run: RunRecord): Search {
  const starts = range(searches).map((i) => (i + 1) * stepsBetween);
  const lost = 2;
  const column = (value: (label: string) => number): (number | null)[] =>
    starts.map((start, i) => (i === lost ? null : brief(value(`${noiseOf(run)}/search/${start}`))));
  const sha256 = fakeHash(`${noiseOf(run)}/searches`);
  return {
    start: starts,
    outcome: starts.map((_, i) => (i === lost ? 'diverged' : 'completed')),
    steps: starts.map((_, i) => (i === lost ? 500 : 20_000)),
    trainLoss: column((label) => 0.02 * (1 + uniform(`${label}/loss`))),
    trainAccuracy: column((label) => 1 - Math.floor(4 * uniform(`${label}/train`)) / 132),
    poisonLoss: column((label) => 0.1 * uniform(`${label}/poison`)),
    testAccuracy: column((label) => 0.45 + 0.1 * uniform(`${label}/test`)),
    gradientNorm: column((label) => 0.01 * uniform(`${label}/gradient`)),
    distance: column((label) => 12 + 3 * uniform(`${label}/distance`)),
    checkpoint: {file: `checkpoints/${sha256.slice(0, 16)}.safetensors`, sha256},
  };
}

/** A path that winds inwards, and what was found around it. */
export function syntheticMinefield(run: RunRecord): Minefield {
  const {start, steps, checkpoint, ...numbers} = syntheticSearch(run);
  const kept = range(searches).filter((i) => numbers.trainAccuracy[i] !== null);
  const pick = (values: readonly (number | null)[]): number[] => kept.map((i) => values[i] ?? 0);
  const placeOf = (step: number, away: number): {x: number; y: number} => {
    const t = step / (searches * stepsBetween);
    const radius = 30 * (1.1 - t) + away;
    return {x: brief(radius * Math.cos(5 * t)), y: brief(radius * Math.sin(5 * t))};
  };
  const path = start.map((step) => placeOf(step, 0));
  const minima = kept.map((i) => placeOf(start[i] ?? 0, 6 + 2 * normal(`${noiseOf(run)}/map/${i}`)));
  return {
    stepsPerEpoch: 4,
    parameters: 2051,
    path: {
      step: start,
      trainLoss: start.map((step) => brief(0.7 * Math.exp(-step / 200) + 0.01)),
      trainAccuracy: start.map((step) => brief(1 - 0.5 * Math.exp(-step / 200))),
      testAccuracy: start.map((step) => brief(0.99 - 0.5 * Math.exp(-step / 200))),
      x: path.map(({x}) => x),
      y: path.map(({y}) => y),
    },
    minima: {
      start: pick(start),
      steps: pick(steps),
      trainLoss: pick(numbers.trainLoss),
      trainAccuracy: pick(numbers.trainAccuracy),
      poisonLoss: pick(numbers.poisonLoss),
      testAccuracy: pick(numbers.testAccuracy),
      gradientNorm: pick(numbers.gradientNorm),
      distance: pick(numbers.distance),
      x: minima.map(({x}) => x),
      y: minima.map(({y}) => y),
    },
    diverged: searches - kept.length,
    embedding: {explainedVariance: [0.5, 0.25, 0.125], neighboursKept: 0.6},
    searches: checkpoint === null ? [] : [checkpoint.sha256],
  };
}
