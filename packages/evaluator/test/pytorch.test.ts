/**
 * Models that PyTorch evaluates, against what PyTorch itself says of them in the same process (fixtures/models.py): the loss in
 * single precision, and in double the largest eigenvalue of the dense Hessian. And radii against those of our own kernels.
 */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {startBackend} from '@minefield/backend/node';
import {
  type ParameterLayout,
  createGenerator,
  importParameters,
  pytorchLinear,
  sliceView,
} from '@minefield/core';
import {
  type Rays,
  basinRadii,
  hessianOperator,
  largestEigenvalue,
  relativeCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import {mlp, objectiveFromModel} from '@minefield/models';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {pythonsOrNone} from '../../../.ci/python.ts';
import {type ProcessObjective, objectiveFromProcess} from '../src/index.ts';

// Another PyTorch takes seconds to load, more on a machine that does other work.
vi.setConfig({testTimeout: 240_000});
// Small products gain nothing from more threads, and lose much where the machine does other work.
vi.stubEnv('OMP_NUM_THREADS', '1');

interface Truth {
  readonly loss: number;
  readonly eigenvalue: number;
  readonly inputs: number[];
  readonly labels: number[];
  readonly logits: number[];
}

const folder = mkdtempSync(join(tmpdir(), 'minefield-pytorch-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

async function open(
  python: string,
  name: string,
  ...flags: string[]
): Promise<{objective: ProcessObjective; truth: Truth}> {
  const file = join(folder, `${name}.json`);
  const script = join(import.meta.dirname, 'fixtures/models.py');
  const objective = await objectiveFromProcess([
    python,
    '-W',
    'ignore',
    script,
    name,
    '--truth',
    file,
    ...flags,
  ]);
  return {objective, truth: JSON.parse(readFileSync(file, 'utf8')) as Truth};
}

const generator = createGenerator(3);

/** Of 90 examples, ten each. Of single ones the smooth networks leave too little in float32. */
const ninths = Array.from({length: 9}, (_, k) => Uint32Array.from({length: 10}, (__, i) => k + 9 * i));

const {pythons, none} = pythonsOrNone('torch');

describe.skipIf(none).each(pythons)('PyTorch of %s', (python) => {
  it.each([
    ['tanh', 158, 'kernel 0 [12,2], bias [12], kernel 0 [8,12], bias [8], kernel 0 [2,8], bias [2]'],
    [
      'convolutions',
      353,
      'kernel 0 [4,1,3,3], scale [4], shift [4], kernel 0 [6,4,3,3], bias [6], scale [6], shift [6], kernel 0 [3,24], bias [3]',
    ],
    ['le-net', 539, /^kernel 0 \[3,1,3,3\], bias \[3\], kernel 0 \[6,3,2,2\], /],
    [
      'transformer',
      771,
      /^kernel 0 \[1,6,8\], kernel 0 \[12,8\], kernel 0 \[24,8\], bias \[24\], .*scale \[8\], shift \[8\], kernel 0 \[3,8\], bias \[3\]$/,
    ],
  ])('evaluates %s as it does itself, and tells its layers', async (name, dimension, layout) => {
    const {objective, truth} = await open(python, name, ...(name === 'tanh' ? ['--vmap'] : []));
    await using _ = objective;
    expect(objective.dimension).toBe(dimension);
    const slices = objective.layout?.slices.map(({role, shape, filterAxis}) =>
      [role, filterAxis, `[${shape}]`].filter((part) => part !== undefined).join(' '),
    );
    if (typeof layout === 'string') expect(slices?.join(', ')).toBe(layout);
    else expect(slices?.join(', ')).toMatch(layout);
    const [loss = Number.NaN] = await objective.loss(objective.anchor);
    expect(Math.abs(loss / truth.loss - 1)).toBeLessThan(1e-6);

    // Alone and beside others, at a point and along a ray to it.
    const thetas = new Float32Array(5 * dimension);
    generator.fillNormalInto(thetas);
    const apart = await Promise.all(
      [0, 1, 2, 3, 4].map((k) => objective.loss(thetas.subarray(k * dimension, (k + 1) * dimension))),
    );
    const along = await objective.lossAlong?.(
      new Float32Array(dimension),
      thetas,
      new Float64Array(5).fill(1),
    );
    (await objective.loss(thetas)).forEach((value, k) => {
      expect(Math.abs((apart[k]?.[0] ?? 0) / value - 1)).toBeLessThan(1e-5);
      expect(Math.abs((along?.[k] ?? 0) / value - 1)).toBeLessThan(1e-5);
    });

    const operator = await hessianOperator(objective, objective.anchor, {
      generator,
      checkOn: ninths,
    });
    expect(operator.method).toBe('exact');
    const {value} = await largestEigenvalue(operator, {generator, tolerance: 1e-4});
    expect(Math.abs(value / truth.eigenvalue - 1)).toBeLessThan(1e-3);
  });

  it('evaluates a perceptron of ten classes as our kernels do: loss, some examples, predictions, and radii', async () => {
    await startBackend({name: 'wasm', deterministic: true});
    const {objective, truth} = await open(python, 'relu');
    await using _ = objective;
    const model = mlp({inputs: 4, hidden: [12, 12], outputs: 10});
    const tensorsOf = (theta: Float32Array) =>
      layoutOf(objective).slices.map((slice) => ({
        name: slice.name,
        shape: slice.shape,
        data: sliceView(theta, slice),
      }));
    const rules = ['first', 'second', 'last'].flatMap((name, i) => pytorchLinear(name, `dense${i}`));
    const native = (theta: Float32Array): Float32Array => {
      return importParameters(tensorsOf(theta), model.layout, rules).theta;
    };
    const ours = objectiveFromModel(model, {
      inputs: Float32Array.from(truth.inputs),
      labels: Float32Array.from(truth.labels),
    });
    const anchor = native(objective.anchor);

    const examples = Uint32Array.of(3, 80, 41);
    for (const options of [{}, {examples}]) {
      const [theirs = Number.NaN] = await objective.loss(objective.anchor, options);
      const [mine = Number.NaN] = await ours.loss(anchor, options);
      expect(Math.abs(theirs / mine - 1)).toBeLessThan(1e-5);
    }
    const predicted = await objective.predictions?.(objective.anchor, {examples});
    const expected = await ours.predictions?.(anchor, {examples});
    expect(predicted).toHaveLength(30);
    predicted?.forEach((value, i) => expect(value).toBeCloseTo(expected?.[i] ?? Number.NaN, 4));

    const rays = sphericalRays(generator, relativeCoordinates(objective.anchor, layoutOf(objective)));
    const ray = new Float32Array(objective.dimension);
    const same: Rays = {
      ...rays,
      fillInto(out, index) {
        rays.fillInto(ray, index);
        out.set(native(ray));
      },
    };
    const options = {
      cutoffs: [{kind: 'loss', value: 1}],
      directions: 40,
      maximum: 100,
      tolerance: 1e-6,
    } as const;
    const theirs = await basinRadii(objective, objective.anchor, rays, options);
    const mine = await basinRadii(ours, anchor, same, options);
    expect(theirs.cutoffs[0]?.censored).toBe(0);
    theirs.cutoffs[0]?.radii.forEach((radius, i) => {
      expect(Math.abs(radius / (mine.cutoffs[0]?.radii[i] ?? 0) - 1)).toBeLessThan(1e-5);
    });
  });
});

function layoutOf({layout}: ProcessObjective): ParameterLayout {
  if (layout) return layout;
  throw new Error('expected a layout');
}
