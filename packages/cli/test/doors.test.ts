/**
 * Five networks of PyTorch through every door of the measuring commands that takes them, against what PyTorch makes of them in
 * double precision (packages/evaluator/test/fixtures/networks/make.py); and what the other doors say of them.
 */
import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Subject, spectrumOf} from '@minefield/experiments';
import {type Rays, basinRadii} from '@minefield/landscape';
import {decodeSafetensors} from '@minefield/safetensors';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {pythonsWith} from '../../../.ci/python.ts';
import {type SubjectFlags, measuringCommand, subjectOf} from '../src/measure/subject-options.ts';
import {minefield} from './in-process.ts';

// Small products gain nothing from more threads, and lose much where the machine does other work.
vi.stubEnv('OMP_NUM_THREADS', '1');

const folder = mkdtempSync(join(tmpdir(), 'minefield-doors-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const fixtures = join(import.meta.dirname, '../../evaluator/test/fixtures/networks');
const [python = 'no python3 that has torch'] = pythonsWith('torch');
const hasTorch = pythonsWith('torch').length > 0;

/** By the names of the README's table; a checkpoint says nothing of its network but by `--model`. */
const networks = {
  'tanh perceptron': {folder: 'tanh-perceptron', model: 'mlp:2-12-8-1:tanh'},
  'ten classes, layers with names': {folder: 'ten-classes', model: 'mlp:4-12-12-10:relu'},
  'ConvNet, batch normalization and pooling': {folder: 'conv-net', model: undefined},
  LeNet: {folder: 'le-net', model: undefined},
  transformer: {folder: 'transformer', model: undefined},
};
type NetworkName = keyof typeof networks;
const names = Object.keys(networks) as NetworkName[];
const perceptrons = names.filter((name) => networks[name].model !== undefined);
const others = names.filter((name) => networks[name].model === undefined);

const file = (name: NetworkName, which: string): string => join(fixtures, networks[name].folder, which);
const data = (name: NetworkName): string[] => ['--data', file(name, 'data.safetensors')];

/** What follows the name of a command, by the heads of the README's table. */
const doors = {
  'checkpoint, `--model`': (name: NetworkName) => [
    file(name, 'checkpoint.safetensors'),
    '--model',
    networks[name].model ?? '',
    ...data(name),
  ],
  '`--layers-model`': (name: NetworkName) => ['--layers-model', file(name, 'model.json'), ...data(name)],
  '`--evaluator`': (name: NetworkName) => [
    '--evaluator',
    `"${python}" -W ignore "${join(fixtures, 'model.py')}" ${networks[name].folder}`,
  ],
  '`--onnx`': (name: NetworkName) => ['--onnx', file(name, 'model.onnx'), ...data(name)],
};
type DoorName = keyof typeof doors;

const taken: Readonly<Record<DoorName, readonly NetworkName[]>> = {
  'checkpoint, `--model`': perceptrons,
  '`--layers-model`': names,
  '`--evaluator`': names,
  '`--onnx`': names,
};
const doorNames = Object.keys(doors) as DoorName[];

/** A runtime of ONNX gives values alone. */
const hasCurvature = (door: DoorName): boolean => door !== '`--onnx`';

/** What the four commands make of their arguments. */
async function open(args: readonly string[]): Promise<Subject> {
  const found: Subject[] = [];
  await measuringCommand('volume', '')
    .action(async (checkpoint: string | undefined, flags: SubjectFlags) => {
      found.push(await subjectOf(checkpoint, flags, AbortSignal.timeout(300_000)));
    })
    .parseAsync(args, {from: 'user'});
  const [subject] = found;
  if (subject === undefined) throw new Error('the command did nothing');
  return subject;
}

function numbersIn(name: NetworkName, which: string): (tensor: string) => Float64Array {
  const {tensors} = decodeSafetensors(readFileSync(file(name, `${which}.safetensors`)));
  return (wanted) =>
    Float64Array.from(tensors.find((tensor) => tensor.name === wanted)?.data ?? [Number.NaN], Number);
}

/** PyTorch's directions in a door's own order, which the weights tell: no two of a network are equal. */
function raysOf(truth: (tensor: string) => Float64Array, {anchor}: Subject): Rays {
  const [point, directions] = [truth('point'), truth('directions')];
  const places = new Map(Array.from(point, (weight, place) => [weight, place]));
  const order = Array.from(anchor, (weight) => places.get(weight) ?? Number.NaN);
  expect(order.toSorted((a, b) => a - b)).toEqual(Array.from(point.keys()));
  return {
    parameters: point.length,
    dimension: point.length,
    logDeterminant: 0,
    fillInto(out, index) {
      order.forEach((place, i) => (out[i] = directions[index * point.length + place] ?? Number.NaN));
    },
  };
}

const apart = (found: number | undefined, wanted: number | undefined): number =>
  Math.abs((found ?? Number.NaN) / (wanted ?? Number.NaN) - 1);

describe.each(doorNames)('%s', (door) => {
  const skipped = door === '`--evaluator`' && !hasTorch;
  it.skipIf(skipped).each(taken[door])('takes %s: PyTorch’s loss, radii and eigenvalue', async (name) => {
    const truth = numbersIn(name, 'truth');
    const [loss] = numbersIn(name, 'data')('loss');
    const subject = await open(doors[door](name));
    try {
      expect(apart((await subject.objective.loss(subject.anchor))[0], loss)).toBeLessThan(1e-6);
      const radii = truth('radii');
      const found = await basinRadii(subject.objective, subject.anchor, raysOf(truth, subject), {
        cutoffs: [{kind: 'excess', value: 0.25}],
        directions: radii.length,
        maximum: 20,
        // As PyTorch's: the first crossing on a grid of a twentieth, then bisection.
        scan: Array.from({length: 400}, (_, i) => (i + 1) / 20),
        tolerance: 1e-6,
      });
      radii.forEach((radius, i) =>
        expect(apart(found.cutoffs[0]?.radii[i], radius), `ray ${i}`).toBeLessThan(1e-5),
      );
      if (!hasCurvature(door)) return;
      const {largest, method} = await spectrumOf(subject, {
        steps: 40,
        samples: 1,
        moves: 0,
        seed: 1,
        coordinates: 'raw',
      });
      expect(method).toBe('exact');
      expect(apart(largest.value, truth('eigenvalue')[0])).toBeLessThan(1e-3);
    } finally {
      await subject.close?.();
    }
  });
});

describe('a door that does not take a network names those that do', () => {
  const refused = async (...args: string[]): Promise<string> => {
    const {code, out, notes} = await minefield(...args);
    expect({code, out}).toEqual({code: 2, out: ''});
    expect(notes).toMatch(/^error: [^\n]*\n$/);
    return notes;
  };

  it.each(others)('a checkpoint, of %s', async (name) => {
    const checkpoint = file(name, 'checkpoint.safetensors');
    const models = ['mlp:2-12-8-1:tanh', networks[name].folder, 'conv-net:8x8x2:4/1-6/1:3'];
    for (const flags of [[], ...models.map((model) => ['--model', model])]) {
      expect(await refused('volume', checkpoint, ...flags, ...data(name))).toMatch(
        /expected the tensors of a perceptron, or of a ConvNet of this project, in .*, got ".*; measure it .* --evaluator, .* --layers-model, .* --onnx$/m,
      );
    }
  });

  it.each([['spectrum'], ['llc'], ['volume', '--estimator', 'preconditioned']])(
    'a model of ONNX, asked for %s %s %s',
    async (...command) => {
      for (const name of names) {
        expect(await refused(...command, ...doors['`--onnx`'](name))).toMatch(
          /needs gradients, and a model of ONNX has values alone; .* --evaluator$/m,
        );
      }
    },
  );

  it.each([
    ['model.onnx', /^error: expected a \.safetensors file as a checkpoint, got a model of ONNX, .*--onnx$/m],
    ['model.json', /got a Layers model, .*; measure it with --layers-model$/m],
    ['model.pt', /got a pickle of PyTorch, model\.pt; save its state dict .*, or .* with --evaluator$/m],
    ['model.h5', /got a model of Keras, .*; convert it .*, and measure it with --layers-model$/m],
    ['model.py', /got a program, .*; measure what it serves with --evaluator "python3 …"$/m],
    ['--layers-model model.onnx', /expected the model\.json of a --layers-model, got a model of ONNX/],
    ['--onnx model.json', /expected an \.onnx file as the model of --onnx, got a Layers model, model\.json/],
    ['--onnx a.safetensors', /got a checkpoint, a\.safetensors; give it without an option, .*--evaluator$/m],
  ])('by the name of the file: %s', async (line, says) => {
    expect(await refused('volume', ...line.split(' '))).toMatch(says);
  });

  it('a Layers model, of a transformer with the attention of Keras, which TensorFlow.js does not have', async () => {
    const text = readFileSync(file('transformer', 'model.json'), 'utf8');
    writeFileSync(join(folder, 'model.json'), text.replace('"Dot"', '"MultiHeadAttention"'));
    copyFileSync(file('transformer', 'weights.bin'), join(folder, 'weights.bin'));
    expect(
      await refused('scan', '--layers-model', join(folder, 'model.json'), ...data('transformer')),
    ).toMatch(/got the class "MultiHeadAttention" of .*; measure .* with --evaluator/);
  });
});

it('the README says which door takes what', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const rows = [
    ['network', ...doorNames],
    ...names.map((name) => [
      name,
      ...doorNames.map((door) => {
        if (!taken[door].includes(name)) return 'no';
        return hasCurvature(door) ? 'all' : '`volume`, `scan`';
      }),
    ]),
  ];
  const table = readme.split('\n').map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  for (const row of rows) expect(table).toContainEqual(row);
});
