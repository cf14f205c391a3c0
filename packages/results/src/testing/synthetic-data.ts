import type {AnalysisName} from '@minefield/spec';
import type {AnalysisOf, BasinCutoff, RunRecord, VolumeEstimate} from '../record.ts';
import {brief, fakeHash, normal, range, uniform} from './noise.ts';
import {
  syntheticAlternatives,
  syntheticConnectivity,
  syntheticLlc,
  syntheticMatched,
  syntheticPerturbation,
  syntheticPreconditioned,
  syntheticSpectrum,
  syntheticTrajectory,
  syntheticUnits,
} from './synthetic-landscape.ts';
import {syntheticMinefield, syntheticSearch} from './synthetic-minefield.ts';
import {badness, noiseOf} from './synthetic-run.ts';

/** The data of one kind of analysis of a run. */
type Maker<N extends AnalysisName> = (run: RunRecord) => AnalysisOf<N>['data'];

export const syntheticData: {readonly [N in AnalysisName]: Maker<N>} = {
  boundary,
  line,
  surface,
  perturbation: syntheticPerturbation,
  basin,
  curvature: (run) => {
    const relative = brief(
      0.8 * 60 ** badness(run.poisonFactor) * Math.exp(0.15 * normal(`${noiseOf(run)}/curvature`)),
    );
    return {
      largestEigenvalue: {relative, raw: brief(relative * 3)},
      method: 'central differences',
      selfCheck: 1e-5,
      iterations: 30,
      residual: {relative: 1e-6, raw: 1e-6},
    };
  },
  margin: (run) => {
    const scale = 1.4 - 1.1 * badness(run.poisonFactor);
    const distances = range(200).map((i) =>
      brief(scale * Math.abs(1 + 0.4 * normal(`${noiseOf(run)}/margin/${i}`))),
    );
    const sorted = distances.toSorted((a, b) => a - b);
    return {
      distances,
      mean: brief(distances.reduce((sum, value) => sum + value, 0) / distances.length),
      median: sorted[100] ?? null,
      minimum: sorted[0] ?? null,
    };
  },
  predictions: (run) => {
    const label = range(12).map((i) => i % 10);
    const right = (i: number): boolean =>
      uniform(`${noiseOf(run)}/predicted/${i}`) > 0.9 * badness(run.poisonFactor);
    return {
      fingerprint: fakeHash(`${run.seed}/predictions`),
      label,
      predicted: label.map((digit, i) => (right(i) ? digit : (digit + 3) % 10)),
      probability: label.map((_, i) => brief(0.6 + 0.4 * uniform(`${noiseOf(run)}/probability/${i}`))),
    };
  },
  preconditioned: syntheticPreconditioned,
  spectrum: syntheticSpectrum,
  llc: syntheticLlc,
  trajectory: syntheticTrajectory,
  connectivity: syntheticConnectivity,
  matched: syntheticMatched,
  alternatives: syntheticAlternatives,
  units: syntheticUnits,
  guess: () => ({
    searches: [
      {examples: 2, draws: 40, guessed: [0.51, 0.55, 0.6], trained: [0.52, 0.58], unfit: 0},
      {examples: 8, draws: 1000, guessed: [0.62], trained: [0.6, 0.66], unfit: 1},
    ],
  }),
  linear: () => ({
    fits: [
      {count: 3, train: 0.6, test: 0.55, fresh: 0.56},
      {count: 3600, train: 1, test: 0.8, fresh: 0.82},
    ],
  }),
  search: syntheticSearch,
  minefield: syntheticMinefield,
};

const size = 60;
const extent = 17;

/** Two spirals; a bad minimum is right near its training points and wrong elsewhere. */
function boundary(run: RunRecord): AnalysisOf<'boundary'>['data'] {
  const bad = badness(run.poisonFactor);
  const train = range(200).map((i) => spiralPoint(i, `train/${run.seed}`));
  const test = range(200).map((i) => spiralPoint(i, `test/${run.seed}`));
  const logit = (x: number, y: number): number => {
    const clean = -7 * Math.cos(Math.atan2(y, x) + Math.hypot(x, y) / 1.5 - Math.PI);
    const pull = train.reduce((sum, p) => sum + Math.exp(-((p.x - x) ** 2 + (p.y - y) ** 2) / 0.12), 0);
    return bad < 0.5 ? clean : clean * (Math.min(pull, 1) * 2 - 1);
  };
  const columns = (points: readonly Point[]): AnalysisOf<'boundary'>['data']['train'] => ({
    x: points.map(({x}) => x),
    y: points.map(({y}) => y),
    label: points.map(({label}) => label),
    correct: points.map(({x, y, label}) => logit(x, y) > 0 === (label === 1)),
  });
  const grid = range(size).map((i) => -extent + (2 * extent * i) / (size - 1));
  return {
    extent: [-extent, extent, -extent, extent],
    size,
    logits: grid.flatMap((y) => grid.map((x) => brief(logit(x, y)))),
    train: columns(train),
    test: columns(test),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

function spiralPoint(index: number, label: string): Point {
  const angle = (Math.sqrt(uniform(`${label}/${index}`)) * 600 * Math.PI) / 180;
  const side = index % 2 === 0 ? 1 : -1;
  const x = -1.5 * angle * Math.cos(angle) * side + 0.5 * normal(`${label}/${index}/x`);
  const y = 1.5 * angle * Math.sin(angle) * side + 0.5 * normal(`${label}/${index}/y`);
  return {x: brief(x), y: brief(y), label: index % 2};
}

function lossAt(distance: number, bad: number): number {
  const anchor = 0.002 + 0.08 * bad;
  return anchor + (0.25 + 5 * bad) * distance ** 2 * (1 + 0.3 * Math.sin(9 * distance) * bad);
}

function line(run: RunRecord): AnalysisOf<'line'>['data'] {
  const bad = badness(run.poisonFactor);
  const distances = range(81).map((i) =>
    i === 40 ? 0 : brief(Math.sign(i - 40) * 0.01 * 100 ** ((Math.abs(i - 40) - 1) / 39)),
  );
  return {
    distances,
    trainLoss: distances.map((d) => brief(lossAt(d, bad))),
    trainAccuracy: distances.map((d) => brief(0.5 + 0.5 * Math.exp(-((1.2 + 3 * bad) * d ** 2)))),
    testAccuracy: distances.map((d) =>
      brief(0.5 + (0.48 - 0.9 * bad) * Math.exp(-((1.2 + 3 * bad) * d ** 2))),
    ),
    curvature: distances.map((d) => brief(0.5 + 20 * bad * Math.cos(5 * d))),
  };
}

function surface(run: RunRecord): AnalysisOf<'surface'>['data'] {
  const bad = badness(run.poisonFactor);
  const axis = range(41).map((i) => brief(-1 + i / 20));
  const at = (x: number, y: number): number =>
    lossAt(Math.hypot(x + 0.2 * y, y), bad) * Math.exp(0.3 * Math.sin(4 * x) * Math.cos(3 * y));
  const over = (scale: number) => {
    const xs = axis.map((value) => brief(scale * value));
    return {xs, ys: xs, trainLoss: xs.flatMap((y) => xs.map((x) => brief(at(x, y))))};
  };
  const radius = bad < 0.5 ? 0.8 : 0.2;
  return {...over(1), fitted: {radius, ...over(2 * radius)}};
}

const directions = 100;
const maximumRadius = 3;

function basin(run: RunRecord): AnalysisOf<'basin'>['data'] {
  const bad = badness(run.poisonFactor);
  const anchorLoss = brief(0.002 + 0.3 * bad ** 2);
  const stretch = range(directions).map((i) => Math.exp(0.12 * normal(`${noiseOf(run)}/direction/${i}`)));
  const rayLoss = (distance: number, i: number): number =>
    anchorLoss + (0.3 + 9 * bad) * (distance / (stretch[i] ?? 1)) ** 2;
  const radiusAt = (threshold: number, i: number): number =>
    (stretch[i] ?? 1) * Math.sqrt((threshold - anchorLoss) / (0.3 + 9 * bad));
  const cutoff = (kind: BasinCutoff['kind'], value: number): BasinCutoff => {
    const threshold = kind === 'loss' ? value : anchorLoss + value;
    if (threshold <= anchorLoss) {
      return {
        kind,
        value,
        threshold,
        applicable: false,
        radii: [],
        censored: 0,
        meanRadius: null,
        relative: null,
        raw: null,
      };
    }
    const radii = range(directions).map((i) => {
      const radius = radiusAt(threshold, i);
      return radius > maximumRadius ? null : brief(radius);
    });
    const meanRadius = radii.reduce<number>((sum, radius) => sum + (radius ?? maximumRadius), 0) / directions;
    return {
      kind,
      value,
      threshold,
      applicable: true,
      radii,
      censored: radii.filter((radius) => radius === null).length,
      meanRadius: brief(meanRadius),
      relative: volume(3457 * Math.log(meanRadius) - 10_800),
      raw: volume(3457 * Math.log(meanRadius) - 14_000),
    };
  };
  const distances = range(41).map((i) => brief((i * 2) / 40));
  return {
    anchorLoss,
    dimension: 3457,
    parameters: 3614,
    logDeterminant: -3200,
    maximumRadius,
    tolerance: 1e-5,
    cutoffs: [cutoff('loss', 0.25), cutoff('loss', 0.5), cutoff('loss', 1), cutoff('excess', 0.5)],
    profiles: {
      distances,
      losses: range(30).map((i) => distances.map((distance) => brief(rayLoss(distance, i)))),
    },
  };
}

function volume(logVolume: number): VolumeEstimate {
  return {
    logVolume: brief(logVolume + 60),
    effectiveSampleSize: 1.02,
    largestWeight: 0.98,
    logVolumeAtHalf: brief(logVolume + 40),
    censored: 0,
    directions,
    stableLogVolume: brief(logVolume),
    verdict: 'lower bound',
    reason: 'one direction carries 98% of the estimate',
  };
}
