/** What explorers compute, against what the committed records of the same networks say. */
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startBackend} from '@minefield/backend';
import {decodeCheckpoint, mlp} from '@minefield/models';
import type {RunRecord} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import {beforeAll, describe, expect, it} from 'vitest';
import {committed} from './committed.ts';
import {pointsOf} from '../../src/explorers/data/points.ts';
import {levelOf} from '../../src/explorers/surface/loss-scale.ts';
import type {Problem} from '../../src/explorers/engine/problem.ts';
import {pit} from '../../src/explorers/engine/calls/pit.ts';
import {plane} from '../../src/explorers/engine/calls/plane.ts';
import {radii} from '../../src/explorers/engine/calls/radii.ts';
import {surface} from '../../src/explorers/engine/calls/surface.ts';

const EXPERIMENT = 'toy';
const SEED = 1;
const POISON = [0, 0.8] as const;
const HIDDEN = [23, 16, 26, 32, 28, 31];
const context = {signal: new AbortController().signal, onProgress: () => undefined};

interface Minimum {
  readonly theta: Float32Array;
}

let problem: Problem;
let minima: readonly [good: Minimum, bad: Minimum];

beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
  const {inputs, labels} = pointsOf({name: 'two-spirals', train: 200, test: 200, fresh: 0}, SEED).train;
  problem = {hidden: HIDDEN, inputs, labels: Uint8Array.from(labels)};
  const store = openStore(join(fileURLToPath(new URL('../../..', import.meta.url)), 'results'));
  const records = await store.readRecords();
  const {layout} = mlp({inputs: 2, hidden: HIDDEN, outputs: 1});
  const minimum = async (poison: number): Promise<Minimum> => {
    const run = records.find(
      (record): record is RunRecord =>
        record.kind === 'run' &&
        record.experiment === EXPERIMENT &&
        record.seed === SEED &&
        record.poisonFactor === poison,
    );
    const checkpoint = run?.data.checkpoint ?? null;
    if (checkpoint === null) throw new Error(`no checkpoint at ${poison}`);
    const bytes = await store.readCheckpoint(EXPERIMENT, checkpoint.sha256);
    return {theta: decodeCheckpoint(bytes, layout)};
  };
  minima = [await minimum(POISON[0]), await minimum(POISON[1])];
});

function planeOf(i: 0 | 1, kind: 'random' | 'sharpest' | 'twin', draw = 1) {
  const twin = minima[i === 0 ? 1 : 0].theta;
  const args = {problem, theta: minima[i].theta, kind, seed: SEED, draw, twin};
  return plane({...args, initialization: 'fan-in-uniform'}, context);
}

describe.each([
  ['good', 0],
  ['bad', 1],
] as const)('at the %s minimum', (_name, i) => {
  it('the surface of the first random plane is the record’s at every one of its points', async () => {
    const {xs, trainLoss} = await committed('surface', POISON[i]);
    const {first, second, unit} = await planeOf(i, 'random');
    const half = (xs.at(-1) ?? 0) * unit;
    const args = {problem, theta: minima[i].theta, first, second, maximum: half / unit};
    const live = await surface({...args, sizes: [9, xs.length]}, context);
    expect(live.losses).toHaveLength(trainLoss.length);
    const apart = trainLoss.map((loss, at) => {
      const here = live.losses[at] as number;
      return loss === null ? Number(Number.isFinite(here)) : Math.abs(here - loss) / Math.max(1e-6, loss);
    });
    // Losses of float32, and the half width's last bit.
    expect(Math.max(...apart)).toBeLessThan(2e-4);
    expect(levelOf(live.losses[(trainLoss.length - 1) / 2] as number)).toBeLessThan(0.35);
  });

  it('radii agree with the record’s for the same rays, whatever else is measured with them', async () => {
    const {cutoffs, maximumRadius, tolerance, dimension, anchorLoss} = await committed('basin', POISON[i]);
    const losses = [0.1, 0.25, 0.5, 1, 4];
    const live = await radii(
      {
        problem,
        theta: minima[i].theta,
        seed: SEED,
        from: 8,
        directions: 16,
        cutoffs: losses,
        maximum: maximumRadius,
        tolerance: 2.8e-5,
      },
      context,
    );
    expect(live.dimension).toBe(dimension);
    expect(live.anchorLoss).toBe(anchorLoss);
    for (const {kind, value, radii: recorded} of cutoffs) {
      if (kind !== 'loss') continue;
      const here = live.radii[losses.indexOf(value)];
      for (let ray = 0; ray < 16; ray++) {
        const there = recorded[8 + ray] as number;
        // Two radii, each within its tolerance, and six digits in the record.
        expect(Math.abs((here?.[ray] as number) / there - 1)).toBeLessThan(2 * tolerance + 1e-6);
      }
    }
  });

  it('the plane through the twin passes through both networks and their common start', async () => {
    const {first, second, unit, marks} = await planeOf(i, 'twin');
    const [twin, start] = marks;
    expect([unit, twin?.name, start?.name]).toEqual([1, 'twin', 'start']);
    const {theta} = minima[i];
    const far = twin?.at[0] as number;
    const at = theta.map((value, j) => value + far * (first[j] as number));
    const other = minima[i === 0 ? 1 : 0].theta;
    expect(Math.max(...at.map((value, j) => Math.abs(value - (other[j] as number))))).toBeLessThan(1e-4);
    expect(second).toHaveLength(theta.length);
    expect(start?.at[1]).toBeGreaterThan(1);
  });
});

it('the same bad pit is wide or narrow by the plane that it is cut in', async () => {
  const widths = [];
  for (const kind of ['random', 'sharpest', 'twin'] as const) {
    const {first, second, unit, eigenvalues} = await planeOf(1, kind);
    if (kind === 'sharpest') {
      const {largestEigenvalue} = await committed('curvature', 0.8);
      expect((eigenvalues[0] ?? 0) / largestEigenvalue.relative).toBeCloseTo(1, 4);
    }
    const theta = minima[1].theta;
    widths.push((await pit({problem, theta, first, second, unit, cutoff: 0.5}, context))?.mean ?? Number.NaN);
  }
  const [random = 0, sharpest = 0, twin = 0] = widths;
  expect(random / sharpest).toBeGreaterThan(5);
  expect(twin / random).toBeGreaterThan(5);
});

it('draws other planes on request, the same again for the same draw', async () => {
  const [one, two, again] = [
    await planeOf(0, 'random'),
    await planeOf(0, 'random', 2),
    await planeOf(0, 'random', 2),
  ];
  expect(two.first).toEqual(again.first);
  expect(two.first).not.toEqual(one.first);
  expect(two.unit).toBe(one.unit);
});
