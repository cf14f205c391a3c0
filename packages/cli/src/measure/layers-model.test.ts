import {rmSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {json, minefield} from '../../test/in-process.ts';
import {COUNT, layersModelFiles, reference} from '../../test/layers-model-files.ts';

const {folder, model, data} = layersModelFiles();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

interface Found {
  readonly subject: string;
  readonly anchorLoss: number;
  readonly dimension: number;
  readonly notes: readonly string[];
}

const {loss, logits} = reference();
const asTold = data({
  logits: {shape: [COUNT, 3], data: logits},
  loss: {shape: [], data: Float64Array.of(loss)},
});

describe('a Layers model from its files', () => {
  it.each(['softmax', 'linear'])(
    'has the loss and the logits of its formula where it ends in %s',
    async (activation) => {
      const line = `scan --layers-model ${model({activation})} --data ${asTold} --points 3`;
      const found = await json<Found>(line);
      expect(found.anchorLoss).toBeCloseTo(loss, 5);
      expect(found.subject).toBe(`spotted on ${COUNT} examples of ${asTold}`);
      expect(found.notes).toEqual([
        '8 weights do not train, such as moving statistics: they stay as they are',
        expect.stringMatching(/^the loss and the logits of all 12 examples agree with the reference to \d/),
      ]);
    },
  );

  it('has a volume, a spectrum and a learning coefficient of the weights that train', async () => {
    const of = `--layers-model ${model()} --data ${data()}`;
    const volume = await json<Found>(`volume ${of} --cutoff-on excess --directions 20`);
    // Filters alone: 2 × 4 and 4 × 3 of the kernels.
    expect(volume.dimension).toBe(20);
    expect(volume.anchorLoss).toBeCloseTo(loss, 5);
    const spectrum = await json<Found & {method: string; selfCheck: number}>(
      `spectrum ${of} --coordinates raw --samples 2`,
    );
    // 12 of the first layer, 8 of the normalization, 15 of the last.
    expect(spectrum.dimension).toBe(35);
    expect(spectrum.method).toBe('exact');
    expect(spectrum.selfCheck).toBeLessThan(0.01);
    expect(await json<Found>(`llc ${of} --steps 20`)).toMatchObject({dimension: 35, method: 'exact'});
    const few = await json<Found>(`scan ${of} --points 3 --examples 5`);
    expect(few.notes).toContainEqual('the first 5 of 12 examples stand for all; --examples says how many');
  });

  it('keeps frozen layers where they are', async () => {
    const frozen = model({
      change: (file) => {
        const text = JSON.stringify(file).replace(
          '"name":"hidden","trainable":true',
          '"name":"hidden","trainable":false',
        );
        Object.assign(file, JSON.parse(text));
      },
    });
    const found = await json<Found>(
      `spectrum --layers-model ${frozen} --data ${asTold} --coordinates raw --samples 2`,
    );
    expect(found.dimension).toBe(23);
    expect(found.notes[0]).toMatch(/^20 weights do not train/);
  });
});

type Json = Record<string, unknown>;

/** Changes the text of the file. */
const replaced =
  (from: string | RegExp, to: string) =>
  (file: Json): void => {
    const text = JSON.stringify(file);
    expect(text).toMatch(from);
    Object.assign(file, JSON.parse(text.replace(from, to)));
  };

const manifest = (paths: string, more = '') =>
  replaced('"paths":["group1-shard1of2.bin","group1-shard2of2.bin"]', `"paths":[${paths}]${more}`);

describe('a Layers model is refused', () => {
  const changed = (change: (file: Json) => void) => () => model({change});
  it.each<[string, () => string, RegExp]>([
    ['without its file', () => join(folder, 'no.json'), /a Layers model at .*no\.json, got no such file/],
    [
      'for a path upwards',
      changed(manifest('"../w.bin"')),
      /the name of a file as "weightsManifest\[0\]\.paths\[0\]", got "\.\.\/w\.bin"/,
    ],
    [
      'for an absolute path',
      changed(manifest('"/etc/passwd"')),
      /the name of a file as .*, got "\/etc\/passwd"/,
    ],
    [
      'for a path of Windows',
      changed(manifest('"..\\\\\\\\w"')),
      /the name of a file as .*, got "\.\.\\\\\\\\w"/,
    ],
    [
      'without a file of weights',
      changed(manifest('"w.bin"')),
      /at .*w\.bin, got no such file; put it beside the model/,
    ],
    [
      'for a link that leads out',
      () => {
        const file = model();
        writeFileSync(join(folder, 'elsewhere.bin'), new Uint8Array(100));
        unlinkSync(join(dirname(file), 'group1-shard2of2.bin'));
        symlinkSync(join(folder, 'elsewhere.bin'), join(dirname(file), 'group1-shard2of2.bin'));
        return file;
      },
      /shard2of2\.bin, got a link that leads out of the folder/,
    ],
    [
      'for bytes that are missing',
      () => model({bytes: (all) => all.subarray(4)}),
      /172 bytes of weights in "group1-shard1of2\.bin", "group1-shard2of2\.bin", got 168/,
    ],
    [
      'for bytes too many',
      () => model({bytes: (all) => Buffer.concat([all, all])}),
      /shard2of2\.bin, got 294 bytes; "weightsManifest" has 122 bytes left for it/,
    ],
    [
      'for half floats',
      changed(
        replaced('"dtype":"float32"},{"name":"hidden/bias"', '"dtype":"float16"},{"name":"hidden/bias"'),
      ),
      /numbers of float32 as "weightsManifest\[0\]\.weights\[0\]" \("hidden\/kernel"\), got "float16"/,
    ],
    [
      'for quantized weights',
      changed(replaced('"shape":[4,3]', '"shape":[4,3],"quantization":{"dtype":"uint8","min":0,"scale":1}')),
      /got quantized ones; save the model without quantization/,
    ],
    [
      'for more than a gigabyte',
      changed(replaced('"shape":[4,3]', '"shape":[40000,30000]')),
      /at most 1 GiB of weights/,
    ],
    [
      'for a number that is not finite',
      () => model({bytes: (all) => (new Float32Array(all.buffer).set([Number.NaN], 9), all)}),
      /finite weights, got NaN in "hidden\/bias"; the training diverged/,
    ],
    [
      'for a layer that TensorFlow.js does not have',
      changed(replaced('"class_name":"Dropout"', '"class_name":"MyLayer"')),
      /layers of TensorFlow\.js Layers, got the class "MyLayer" of "rest"; .* with --evaluator/,
    ],
    [
      'for more weights than it has',
      changed(replaced('"units":4', '"units":4000000')),
      /layers with 43 weights, as many as the files have, got more/,
    ],
    [
      'for weights of other shapes',
      changed(replaced('"units":3', '"units":2')),
      /a topology and weights that TensorFlow\.js Layers makes a model of, got this from it: Shape mismatch: \[4,2\] vs\. \[4,3\]/,
    ],
    [
      'for several sigmoids',
      () => model({activation: 'sigmoid'}),
      /a softmax, or one column, for a cross-entropy of classes, got 3 sigmoids/,
    ],
    [
      'for an end that says nothing',
      () => model({activation: 'relu'}),
      /a last layer with a linear, softmax or sigmoid activation, got relu of Dense "end"/,
    ],
    [
      'where it is a graph',
      changed(replaced('"format":"layers-model"', '"format":"graph-model"')),
      /a Layers model, got a graph model/,
    ],
    [
      'where it is no JSON',
      () => {
        const file = model();
        writeFileSync(file, 'hello');
        return file;
      },
      /JSON, such as the model\.json of a saved model, got other text/,
    ],
  ])('%s', async (_, file, says) => {
    const {code, out, notes} = await minefield('scan', '--layers-model', file(), '--data', asTold);
    expect(notes).toMatch(says);
    expect(notes).toMatch(/^error: /);
    expect(notes).not.toContain('    at ');
    expect({code, out}).toEqual({code: 2, out: ''});
  });

  it('without data, for data of another shape, and beside other subjects', async () => {
    const file = model();
    const attempts: [string[], RegExp][] = [
      [[], /expected the --data of a --layers-model, got none/],
      [['--data', asTold, '--objective', 'ball'], /either a --layers-model or an --objective, got both/],
      [['--data', asTold, '--evaluator', 'x'], /either a --layers-model or an --evaluator, got both/],
      [['a.safetensors', '--data', asTold], /either a checkpoint or a --layers-model, got both/],
      [['--data', asTold, '--model', 'mlp:2-1'], /--model is for a checkpoint; leave it out/],
      [
        ['--data', data({logits: {shape: [COUNT, 3], data: logits.map((value) => value + 0.1)}})],
        /expected the reference logits/,
      ],
    ];
    for (const [args, says] of attempts) {
      const {code, notes} = await minefield('scan', '--layers-model', file, ...args);
      expect(notes).toMatch(says);
      expect(code).toBe(2);
    }
  });
});
