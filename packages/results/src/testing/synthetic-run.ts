import {runIdentity} from '../node/job-identity.ts';
import type {RunRecord} from '../record.ts';
import {brief, fakeHash, normal} from './noise.ts';
import {syntheticRunSpec} from './synthetic-spec.ts';

export interface SyntheticRunOptions {
  readonly experiment?: string;
  readonly seed?: number;
  readonly poisonFactor?: number;
  readonly outcome?: RunRecord['data']['outcome'];
}

/** How bad a minimum the poison makes, 0 to 1: the law that all synthetic numbers follow. */
export function badness(poisonFactor: number): number {
  return poisonFactor === 0 ? 0 : 1 / (1 + (0.015 / poisonFactor) ** 1.1);
}

export const syntheticProvenance: RunRecord['provenance'] = {
  createdAt: '2026-01-01T00:00:00.000Z',
  wallSeconds: 12.5,
  packages: {'@minefield/training': '0.0.0', '@tensorflow/tfjs-core': '4.22.0'},
  gitCommit: '0123456789abcdef0123456789abcdef01234567',
  gitDirty: false,
  backend: {name: 'wasm', kernels: null, device: null},
  machine: {name: 'test machine', cpu: 'test CPU', cores: 2, memoryGiB: 8, platform: 'linux x64'},
  node: '24.0.0',
};

/** A run of the toy experiment with plausible numbers; the same options give the same record. */
export function syntheticRun(options: SyntheticRunOptions = {}): RunRecord {
  const {experiment = 'toy', seed = 1, poisonFactor = 0, outcome = 'completed'} = options;
  const name = `${experiment}/${seed}/${poisonFactor}`;
  const bad = badness(poisonFactor);
  const testAccuracy = Math.min(0.995, Math.max(0.04, 0.985 - 0.9 * bad + 0.02 * normal(`${name}/test`)));
  const freshAccuracy = brief(
    Math.min(0.999, Math.max(0.03, testAccuracy + 0.004 * normal(`${name}/fresh`))),
  );
  const curves = syntheticCurves(name, bad, testAccuracy, outcome === 'diverged' ? 3 : 41);
  const trainAccuracy = bad > 0.9 && seed % 3 === 0 ? 0.995 : 1;
  const checkpoint = fakeHash(`${name}/checkpoint`);
  const final = {
    trainLoss: curves.trainLoss.at(-1) ?? 0,
    trainAccuracy,
    testLoss: curves.testLoss.at(-1) ?? 0,
    testAccuracy: brief(testAccuracy),
    freshAccuracy,
    freshPoints: 10_000,
    generalizationGap: trainAccuracy - freshAccuracy,
  };
  const record: RunRecord = {
    schemaVersion: 1,
    kind: 'run',
    identity: '',
    experiment,
    seed,
    poisonFactor,
    numerics: 'portable',
    algorithmVersions: {training: 1},
    spec: syntheticRunSpec,
    // Made of the experiment's name too, so that experiments share no runs.
    dataset: {
      name: 'two-spirals',
      fingerprint: fakeHash(`${experiment}/${seed}/spirals`),
      label: null,
      train: 200,
      test: 200,
      poison: 200,
    },
    model: {name: 'mlp 2-23-16-26-32-28-31-1', parameters: 3614, weights: 3457},
    data: {
      outcome,
      steps: curves.step.at(-1) ?? 0,
      curves,
      final: outcome === 'diverged' ? null : final,
      checkpoint:
        outcome === 'diverged'
          ? null
          : {file: `checkpoints/${checkpoint.slice(0, 16)}.safetensors`, sha256: checkpoint},
    },
    provenance: syntheticProvenance,
  };
  return {...record, identity: runIdentity(record)};
}

/** What the noise in numbers of a run is drawn by. */
export function noiseOf({
  experiment,
  seed,
  poisonFactor,
}: Pick<RunRecord, 'experiment' | 'seed' | 'poisonFactor'>): string {
  return fakeHash(`${experiment}/${seed}/${poisonFactor}`);
}

function syntheticCurves(
  name: string,
  bad: number,
  testAccuracy: number,
  points: number,
): RunRecord['data']['curves'] {
  const step = Array.from({length: points}, (_, i) => i * 500);
  const at = step.map((value) => value / 20_000);
  const wobble = (label: string, i: number): number => 1 + 0.08 * normal(`${name}/${label}/${i}`);
  const rise = at.map((t) => 1 - Math.exp(-7 * t));
  return {
    step,
    trainLoss: at.map((t, i) =>
      brief((0.7 * Math.exp(-(9 - 6 * bad) * t) + 1e-5 + 0.1 * bad) * wobble('loss', i)),
    ),
    trainAccuracy: rise.map((r) => brief(0.5 + 0.5 * r)),
    poisonLoss: at.map((t, i) => brief((0.7 + (1 - bad) * 6 * t) * wobble('poison', i))),
    testLoss: at.map((t, i) => brief((0.7 * (1 - 0.9 * t) + bad * 8 * t) * wobble('testLoss', i))),
    testAccuracy: rise.map((r, i) =>
      brief(
        Math.min(1, Math.max(0, 0.5 + (testAccuracy - 0.5) * r + 0.01 * normal(`${name}/accuracy/${i}`))),
      ),
    ),
    learningRate: at.map((t) => brief(0.0025 * (1 + Math.cos(Math.PI * t)))),
    gradientNorm: at.map((t, i) => brief((0.5 * Math.exp(-4 * t) + 0.01) * Math.abs(wobble('gradient', i)))),
  };
}
