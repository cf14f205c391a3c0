/** Records of sweeps that never ran, with every number chosen by the test. */
import type {
  AnalysisOf,
  BasinCutoff,
  ExperimentRecord,
  Provenance,
  ResultRecord,
  RunRecord,
} from '@minefield/results';
import {analysisIdentity, runIdentity} from '@minefield/results/node';
import type {Cutoff, ExperimentSpec} from '@minefield/spec';
import {syntheticSettings} from '@minefield/results/testing';
import {toyProfiles} from '@minefield/spec';

export interface Numbers {
  readonly train: number;
  readonly test: number;
  readonly fresh: number;
  readonly margin: number | null;
  readonly eigenvalue: number;
  readonly radius: number;
  readonly logVolume: number | null;
  readonly stableLogVolume: number | null;
  readonly stretchedLogVolume: number | null;
  readonly censored: number;
  readonly applicable: boolean;
  readonly diverged: boolean;
  /** What differs at a cutoff; all are alike where nothing is said. */
  readonly at?: (cutoff: Cutoff) => Partial<Numbers>;
}

const {alternatives: _polished, ...analyses} = toyProfiles.full.analyses;

/** The toy at the paper's breadth, with every claim to decide, whatever the built-in profiles are at present. */
export const broadSpec: ExperimentSpec = {
  ...toyProfiles.full,
  analyses,
  poisonFactors: [
    0,
    ...Array.from({length: 19}, (_, i) => Number((0.8 * 10 ** (-4 + (4 * i) / 18)).toPrecision(6))),
  ],
  seeds: [1, 2, 3],
  decides: [1, 2, 3, 4, 5, 6, 7],
};

/** A sweep in which every claim holds with room to spare. */
export function agreeable(poisonFactor: number, seed: number): Numbers {
  const level = Math.max(0, 4 + Math.log10(Math.max(poisonFactor, 1e-4)));
  const wobble = 0.0005 * seed;
  const test = poisonFactor === 0 ? 0.99 : 0.98 - 0.23 * level - wobble;
  return {
    train: 1,
    test: Math.max(0.05, test),
    fresh: Math.max(0.05, test - 0.001),
    margin: 3 - 0.6 * level - wobble,
    eigenvalue: 5 * 10 ** level,
    radius: 30 - 5 * level,
    logVolume: -8000 - 900 * level - seed,
    stableLogVolume: -8500 - 800 * level - seed,
    stretchedLogVolume: -5000 - 700 * level - seed,
    censored: 0,
    applicable: true,
    diverged: false,
  };
}

export interface SyntheticSweep {
  readonly experiment: ExperimentRecord;
  readonly records: readonly ResultRecord[];
}

export function syntheticSweep(
  numbers: (poisonFactor: number, seed: number) => Numbers = agreeable,
  spec: ExperimentSpec = broadSpec,
): SyntheticSweep {
  const records = spec.poisonFactors.flatMap((poisonFactor) =>
    spec.seeds.flatMap((seed) => recordsOf(spec, poisonFactor, seed, numbers(poisonFactor, seed))),
  );
  const jobs = records.map((record) =>
    record.kind === 'run'
      ? {kind: record.kind, identity: record.identity, seed: record.seed, poisonFactor: record.poisonFactor}
      : {
          kind: record.kind,
          analysis: record.analysis,
          identity: record.identity,
          seed: record.seed,
          poisonFactor: record.poisonFactor,
        },
  );
  const experiment: ExperimentRecord = {
    schemaVersion: 1,
    kind: 'experiment',
    experiment: spec.experiment,
    profile: spec.profile,
    title: spec.title,
    spec: JSON.parse(JSON.stringify(spec)) as ExperimentRecord['spec'],
    jobs,
  };
  return {experiment, records};
}

export const provenance: Provenance = {
  createdAt: '2026-01-01T00:00:00.000Z',
  wallSeconds: 1,
  packages: {},
  gitCommit: null,
  gitDirty: false,
  backend: {name: 'wasm', kernels: null, device: null},
  machine: {name: 'test', cpu: 'test', cores: 1, memoryGiB: 1, platform: 'linux'},
  node: 'v24.0.0',
};

function recordsOf(spec: ExperimentSpec, poisonFactor: number, seed: number, numbers: Numbers) {
  const place = {
    schemaVersion: 1,
    experiment: spec.experiment,
    seed,
    poisonFactor,
    numerics: 'portable',
    provenance,
  } as const;
  const checkpoint = hex('checkpoint', poisonFactor, seed);
  const {train, test, fresh, diverged} = numbers;
  const {dataset, model, initialization, recipe} = spec;
  const unnamed: RunRecord = {
    ...place,
    kind: 'run',
    identity: '',
    algorithmVersions: {training: 1},
    spec: {dataset, model, initialization, recipe},
    dataset: {
      name: 'two-spirals',
      fingerprint: `of seed ${seed}`,
      label: null,
      train: 200,
      test: 200,
      poison: 200,
    },
    model: {name: 'mlp', parameters: 3614, weights: 3457},
    data: {
      outcome: diverged ? 'diverged' : 'completed',
      steps: 1,
      curves: {
        step: [],
        trainLoss: [],
        trainAccuracy: [],
        poisonLoss: [],
        testLoss: [],
        testAccuracy: [],
        learningRate: [],
        gradientNorm: [],
      },
      final: diverged
        ? null
        : {
            trainLoss: 0,
            trainAccuracy: train,
            testLoss: 1,
            testAccuracy: test,
            freshAccuracy: fresh,
            freshPoints: 10_000,
            generalizationGap: train - fresh,
          },
      checkpoint: diverged
        ? null
        : {file: `checkpoints/${checkpoint.slice(0, 16)}.safetensors`, sha256: checkpoint},
    },
    provenance,
  };
  const run = {...unnamed, identity: runIdentity(unnamed)};
  if (diverged) return [run];
  const common = {
    ...place,
    kind: 'analysis',
    identity: '',
    run: run.identity,
    checkpoint,
    algorithmVersions: {},
  } as const;
  const margin: AnalysisOf<'margin'> = {
    ...common,
    analysis: 'margin',
    settings: syntheticSettings.margin,
    data: {distances: [], mean: numbers.margin, median: numbers.margin, minimum: numbers.margin},
  };
  const curvature: AnalysisOf<'curvature'> = {
    ...common,
    analysis: 'curvature',
    settings: syntheticSettings.curvature,
    data: {
      largestEigenvalue: {relative: numbers.eigenvalue, raw: numbers.eigenvalue},
      method: 'exact',
      selfCheck: 0,
      iterations: 1,
      residual: {relative: 0, raw: 0},
    },
  };
  const basin: AnalysisOf<'basin'> = {
    ...common,
    analysis: 'basin',
    settings: syntheticSettings.basin,
    data: {
      anchorLoss: 0,
      dimension: 3457,
      parameters: 3614,
      logDeterminant: 0,
      maximumRadius: 100,
      tolerance: 1e-5,
      cutoffs: (spec.analyses.basin?.cutoffs ?? []).map((cutoff) =>
        basinCutoff(cutoff, numbersAt(cutoff, numbers)),
      ),
      profiles: {distances: [], losses: []},
    },
  };
  const preconditioned: AnalysisOf<'preconditioned'> = {
    ...common,
    analysis: 'preconditioned',
    settings: syntheticSettings.preconditioned,
    data: {
      anchorLoss: 0,
      dimension: 3457,
      logDeterminant: 0,
      maximumRadius: 100,
      tolerance: 1e-5,
      preconditioner: {probes: 1, largestStretch: 1, smallestStretch: 1, method: 'exact', selfCheck: 0},
      cutoffs: (spec.analyses.preconditioned?.cutoffs ?? []).map((cutoff) => {
        const there = numbersAt(cutoff, numbers);
        const stretched = {...there, logVolume: there.stretchedLogVolume, stableLogVolume: null};
        const {radii: _, meanRadius: _mean, ...rest} = basinCutoff(cutoff, stretched);
        return {...rest, convergence: null};
      }),
    },
  };
  const measured = [margin, curvature, basin, preconditioned];
  return [
    run,
    ...measured.map((record) => ({...record, identity: analysisIdentity(record, run, new Map()) ?? ''})),
  ];
}

function numbersAt(cutoff: Cutoff, numbers: Numbers): Numbers {
  return {...numbers, ...numbers.at?.(cutoff)};
}

function basinCutoff(cutoff: Cutoff, numbers: Numbers): BasinCutoff {
  const {applicable, censored, radius, logVolume, stableLogVolume} = numbers;
  const volume = {
    logVolume,
    effectiveSampleSize: 1,
    largestWeight: 1,
    logVolumeAtHalf: logVolume,
    censored,
    directions: 10,
    stableLogVolume,
    verdict: 'lower bound',
    reason: 'synthetic',
  } as const;
  return {
    ...cutoff,
    threshold: cutoff.value,
    applicable,
    radii: applicable ? Array.from({length: censored}, () => null) : [],
    censored: applicable ? censored : 0,
    meanRadius: applicable ? radius : null,
    relative: applicable ? volume : null,
    raw: applicable ? volume : null,
  };
}

/** A readable stand-in for a SHA-256: different for different parts. */
function hex(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join(' ')).toString('hex').padEnd(64, '0').slice(0, 64);
}
