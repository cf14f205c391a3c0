import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createGenerator} from '@minefield/core';
import {decodeSafetensors, encodeSafetensors} from '@minefield/safetensors';
import {afterAll, describe, expect, it} from 'vitest';
import {json, minefield} from '../../test/in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-state-dict-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

type Tensors = Parameters<typeof encodeSafetensors>[0];

interface Volume {
  readonly anchorLoss: number;
  readonly dimension: number;
  readonly notes: readonly string[];
}

/** Trained by PyTorch, with the logits and the loss that it computed in float64 for 80 examples. */
const fixture = (name: string): string => join('packages/models/test/fixtures', `${name}.safetensors`);
const relu = `${fixture('mlp')} --model mlp:2-16-16-1`;
const few = '--directions 20 --cutoff-on excess';

let files = 0;
function write(tensors: Tensors, metadata?: Record<string, string>): string {
  const file = join(folder, `${files++}.safetensors`);
  writeFileSync(file, encodeSafetensors(tensors, metadata));
  return file;
}

/** The examples of the fixture, with other reference values. */
function reference(change: Readonly<Record<string, {shape: number[]; data: Float64Array} | null>>): string {
  const {tensors} = decodeSafetensors(readFileSync(fixture('mlp-reference')));
  const kept = tensors.filter(({name}) => ['inputs', 'labels', 'logits', 'loss'].includes(name));
  return write([
    ...kept
      .filter(({name}) => !(name in change))
      .map(({name, shape, data}) => ({
        name,
        shape,
        data: Float64Array.from(data as ArrayLike<number | bigint>, Number),
      })),
    ...Object.entries(change).flatMap(([name, tensor]) => (tensor === null ? [] : [{name, ...tensor}])),
  ]);
}

const fixtureLogits = (): Float64Array => {
  const {tensors} = decodeSafetensors(readFileSync(fixture('mlp-reference')));
  return Float64Array.from(tensors.find(({name}) => name === 'logits')?.data as Float64Array);
};

/** A network 2-4-1 as PyTorch writes an nn.Sequential, and what it makes of 12 examples in float64, written out by hand. */
function tiny(activation: (x: number) => number): {
  readonly checkpoint: (metadata?: Record<string, string>, names?: readonly [string, string]) => string;
  readonly data: string;
  readonly loss: number;
} {
  const generator = createGenerator(7, 'state dict');
  const [weight, bias, out, shift] = [8, 4, 4, 1].map((size) => {
    const values = new Float32Array(size);
    generator.fillNormalInto(values);
    return values.map((value) => 2 * value);
  }) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const inputs = new Float32Array(24);
  generator.fillNormalInto(inputs);
  const logits = Float64Array.from({length: 12}, (_, n) =>
    out.reduce((sum, factor, unit) => {
      const [w0 = 0, w1 = 0] = weight.subarray(2 * unit, 2 * unit + 2);
      const [x0 = 0, x1 = 0] = inputs.subarray(2 * n, 2 * n + 2);
      return sum + factor * activation(w0 * x0 + w1 * x1 + (bias[unit] ?? 0));
    }, shift[0] ?? 0),
  );
  const labels = Float32Array.from(logits, (logit) => (logit > 0 ? 1 : 0));
  const loss = logits.reduce((sum, logit) => sum + Math.log1p(Math.exp(-Math.abs(logit))), 0) / 12;
  const data = write([
    {name: 'inputs', shape: [12, 2], data: inputs},
    {name: 'labels', shape: [12], data: labels},
    {name: 'logits', shape: [12], data: logits},
    {name: 'loss', shape: [1], data: Float64Array.of(loss)},
  ]);
  const state = ([first, last]: readonly [string, string]): Tensors => [
    {name: `${first}.weight`, shape: [4, 2], data: weight},
    {name: `${first}.bias`, shape: [4], data: bias},
    {name: `${last}.weight`, shape: [1, 4], data: out},
    {name: `${last}.bias`, shape: [1], data: shift},
  ];
  return {checkpoint: (metadata, names = ['0', '2']) => write(state(names), metadata), data, loss};
}

async function refusal(line: string): Promise<string> {
  const {code, out, notes} = await minefield(...line.split(' '));
  expect({code, out}).toEqual({code: 2, out: ''});
  expect(notes).toMatch(/^error: [^\n]*\n$/);
  return notes;
}

describe('the activation of a state dict', () => {
  it.each(['volume', 'spectrum', 'llc', 'scan'])(
    'has to be named to %s, for its tensors do not tell it',
    async (command) => {
      expect(await refusal(`${command} ${relu} --data two-spirals:1`)).toMatch(
        /expected the activation between the layers of .*mlp\.safetensors, got .*; name it with --activation relu/,
      );
    },
  );

  it('may be in the metadata, and then needs no flag', async () => {
    const {checkpoint, data, loss} = tiny((x) => Math.max(0, x));
    const {anchorLoss} = await json<Volume>(
      `volume ${checkpoint({activation: 'ReLU'})} --model mlp:2-4-1 --data ${data} ${few}`,
    );
    expect(anchorLoss).toBeCloseTo(loss, 6);
    expect(
      await refusal(`volume ${checkpoint({activation: 'Mish'})} --model mlp:2-4-1 --data ${data}`),
    ).toMatch(/got "Mish" in the metadata of .*safetensors; .* --layers-model/);
  });

  it('is one, whoever says it', async () => {
    const {checkpoint, data} = tiny(Math.tanh);
    const file = checkpoint({activation: 'tanh'});
    expect(await refusal(`volume ${file} --model mlp:2-4-1 --activation relu --data ${data}`)).toMatch(
      /expected one activation, got "relu" in --activation and "tanh" in the metadata of .*; leave the wrong one out/,
    );
    expect(await refusal(`volume ${file} --model mlp:2-4-1:relu --data ${data}`)).toMatch(
      /got "relu" in the name of the network and "tanh" in the metadata/,
    );
  });

  it.each<[string, (x: number) => number]>([
    ['leaky-relu', (x) => Math.max(x, 0.01 * x)],
    ['tanh', Math.tanh],
    ['sigmoid', (x) => 1 / (1 + Math.exp(-x))],
    ['silu', (x) => x / (1 + Math.exp(-x))],
    ['softplus', (x) => Math.log1p(Math.exp(x))],
  ])(
    'may be %s, in a flag, in the name or in the metadata, of layers of any name',
    async (word, activation) => {
      const {checkpoint, data, loss} = tiny(activation);
      for (const line of [
        `${checkpoint()} --model mlp:2-4-1 --activation ${word}`,
        `${checkpoint({}, ['fc1', 'fc2'])} --model mlp:2-4-1:${word}`,
        `${checkpoint({activation: word.toUpperCase(), model: 'mlp 2-4-1'}, ['body', 'head'])}`,
        `${checkpoint({model: `mlp 2-4-1 ${word}`}, ['net.0', 'net.2'])} --activation ${word}`,
      ]) {
        const {anchorLoss, notes} = await json<Volume>(`volume ${line} --data ${data} ${few}`);
        expect(anchorLoss).toBeCloseTo(loss, 6);
        expect(notes.join('\n')).toMatch(/the logits of all 12 examples agree with the reference/);
      }
    },
  );

  it('leaves exact Hessian-vector products, which a spectrum checks by differences', async () => {
    const {checkpoint, data} = tiny(Math.tanh);
    const {method, selfCheck} = await json<{method: string; selfCheck: number}>(
      `spectrum ${checkpoint()} --model mlp:2-4-1:tanh --data ${data} --samples 2`,
    );
    expect(method).toBe('exact');
    expect(selfCheck).toBeLessThan(1e-3);
  });

  it('is no matter of biases, which the name of the network leaves out', async () => {
    const weight = Float32Array.of(1, -1, 0.5, 2);
    const file = write([
      {name: 'fc1.weight', shape: [2, 2], data: weight},
      {name: 'fc2.weight', shape: [1, 2], data: Float32Array.of(1, -2)},
    ]);
    const inputs = Float32Array.of(1, 2, -1, 0.5);
    // W x is (−1, 4.5) and (−1.5, 0.5).
    const logits = Float64Array.of(Math.tanh(-1) - 2 * Math.tanh(4.5), Math.tanh(-1.5) - 2 * Math.tanh(0.5));
    const data = write([
      {name: 'inputs', shape: [2, 2], data: inputs},
      {name: 'labels', shape: [2, 1], data: Float32Array.of(-1, 1)},
      {name: 'logits', shape: [2], data: logits},
    ]);
    const {notes} = await json<Volume>(
      `volume ${file} --model mlp:2-2-1:tanh:bias-free --data ${data} ${few}`,
    );
    expect(notes.join('\n')).toMatch(/the logits of all 2 examples agree/);
    expect(await refusal(`volume ${file} --model mlp:2-2-1:tanh --data ${data}`)).toMatch(
      /a tensor "fc1\.bias" for mlp 2-2-1 tanh, got none; a network without biases is named bias-free/,
    );
  });

  it('is not asked for where no layer is followed by one', async () => {
    const file = write([
      {name: '0.weight', shape: [1, 2], data: Float32Array.of(1, -1)},
      {name: '0.bias', shape: [1], data: Float32Array.of(0.5)},
    ]);
    expect(await json(`volume ${file} --model mlp:2-1 --data two-spirals:1 ${few}`)).toMatchObject({
      dimension: 2,
    });
  });

  it.each([
    ['mish', /among relu, leaky-relu, tanh, .*, got "mish"; .* --evaluator, .* --layers-model/],
    // One letter from "relu", and another function.
    ['celu', /got "celu"; .* --layers-model/],
    ['tahn', /got "tahn"; did you mean "tanh"\?/],
    ['Relu', /got "Relu"; did you mean "relu"\?/],
    ['rleu', /got "rleu"; did you mean "relu"\?/],
  ])('%s cannot be measured, and the sentence says what to do', async (word, says) => {
    expect(await refusal(`volume ${relu} --activation ${word} --data two-spirals:1`)).toMatch(says);
  });

  it('is ReLU in a checkpoint of this project, whatever a flag says', async () => {
    const own = 'results/toy/checkpoints/890d57464390f61c.safetensors';
    expect(await refusal(`volume ${own} --activation tanh`)).toMatch(/got "tanh"/);
    expect(await json(`volume ${own} --activation relu ${few} --cutoff 1`)).toMatchObject({dimension: 3457});
  });
});

describe('reference values beside the examples', () => {
  it('agree with what PyTorch computed in float64, which the document says', async () => {
    const {anchorLoss, dimension, notes} = await json<Volume>(
      `volume ${relu} --activation relu --data ${fixture('mlp-reference')} --directions 20`,
    );
    expect(anchorLoss).toBeCloseTo(0.000_208_3, 6);
    expect(dimension).toBe(2 * 16 + 16 * 16 + 16);
    expect(notes.join('\n')).toMatch(
      /^the loss and the logits of all 80 examples agree with the reference to [1-9](\.\d)?e-[678]$/m,
    );
  });

  it('are of all examples of the file, however few stand for all', async () => {
    const {notes} = await json<Volume>(
      `volume ${relu} --activation relu --data ${fixture('mlp-reference')} --examples 7 ${few}`,
    );
    expect(notes.join('\n')).toMatch(/all 80 examples agree with the reference/);
  });

  it('unmask a network of another activation', async () => {
    const {checkpoint, data} = tiny(Math.tanh);
    expect(
      await refusal(`volume ${checkpoint()} --model mlp:2-4-1 --activation relu --data ${data} ${few}`),
    ).toMatch(
      /expected the reference logits in .*\.safetensors, to 1e-4 of the largest, got .* at example \d+, which is off by \d+%; the usual causes are another activation/,
    );
  });

  it.each<[string, Parameters<typeof reference>[0], RegExp]>([
    [
      'another loss alone',
      {logits: null, loss: {shape: [], data: Float64Array.of(0.0077)}},
      /expected the reference loss of 0\.0077 .*, got 0\.0002083.*; the usual causes are another activation/,
    ],
    [
      'logits that agree, and a loss that is a sum',
      {loss: {shape: [1], data: Float64Array.of(80 * 0.000_208_3)}},
      /reference loss of 0\.016664 .*; the logits agree, so look at the labels, .* mean cross-entropy/,
    ],
    [
      'logits of half precision',
      {logits: {shape: [80, 1], data: fixtureLogits().map((logit) => logit * 1.002)}},
      /off by 0\.2%; the usual cause is a reference in less than float32/,
    ],
    [
      'logits of other examples',
      {logits: {shape: [79, 1], data: fixtureLogits().subarray(0, 79)}},
      /"logits" \[80,1\] or \[80\], got \[79,1\]/,
    ],
    [
      'a loss of each example',
      {loss: {shape: [80], data: new Float64Array(80)}},
      /"loss" as one number, got \[80\]; save the mean over all examples/,
    ],
    [
      'logits that are not finite',
      {logits: {shape: [80], data: new Float64Array(80).fill(Number.NaN)}},
      /finite "logits", got NaN at entry 0/,
    ],
  ])('%s are refused', async (_, change, says) => {
    expect(await refusal(`volume ${relu} --activation relu --data ${reference(change)} ${few}`)).toMatch(
      says,
    );
  });

  it('are missed where a stranger’s network has none', async () => {
    const {notes} = await json<Volume>(
      `volume ${relu} --activation relu --data ${reference({logits: null, loss: null})} ${few}`,
    );
    expect(notes.join('\n')).toMatch(
      /not compared with what its own framework computes: .* may carry "logits" and "loss"/,
    );
  });
});
