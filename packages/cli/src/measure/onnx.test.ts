import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {encodeSafetensors} from '@minefield/safetensors';
import {afterAll, describe, expect, it} from 'vitest';
import {minefield} from '../../test/in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-onnx-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const fixture = (name: string): string => join(import.meta.dirname, '../../../onnx/test/fixtures', name);

const measured = (command: string, name: string, ...args: string[]) =>
  minefield(command, '--onnx', fixture(`${name}.onnx`), '--data', fixture(`${name}.safetensors`), ...args);

/** z = w · data + b, with w = (1, 2) and b = ½. */
const namedData = Buffer.from(
  'CAhCBAoAEBE6gAEKFAoEZGF0YQoBdxIBeSIGTWF0TXVsCg4KAXkKAWISAXoiA0FkZBIFZ3JhcGgqEwgCCAEQAUIBd0oIAACAPwAAAEAq' +
    'DQgBEAFCAWJKBAAAAD9aFwoEZGF0YRIPCg0IARIJCgMSAW4KAggCYhQKAXoSDwoNCAESCQoDEgFuCgIIAQ==',
  'base64',
);

/** Examples of the perceptron with two inputs, and a loss that may be wrong. */
function dataFile(name: string, tensors: Parameters<typeof encodeSafetensors>[0]): string {
  const file = join(folder, `${name}.safetensors`);
  writeFileSync(file, encodeSafetensors(tensors, {}));
  return file;
}

describe('a model of ONNX', () => {
  it('has a volume, and a note of how well its loss agrees with that of its own framework', async () => {
    const {code, out, notes} = await measured('volume', 'normalized', '--directions', '20', '--json');
    expect({code, notes}).toEqual({code: 0, notes: ''});
    expect(JSON.parse(out)).toMatchObject({
      coordinates: 'relative',
      dimension: 318,
      censored: 0,
      anchorLoss: expect.closeTo(0.191132, 6) as unknown,
      notes: expect.arrayContaining([
        expect.stringMatching(/^the loss of all \d+ examples agrees with the reference to \d(\.\d)?e-[78]$/),
      ]) as unknown,
    });
  });

  it('has a scan along its filters, a divergence from its predictions, and a loss of its first examples', async () => {
    const scan = await measured('scan', 'ten-classes', '--points', '5', '--json');
    expect(JSON.parse(scan.out)).toMatchObject({
      direction: 'filter',
      anchorLoss: expect.closeTo(0.333514, 6) as unknown,
    });
    const kl = await measured('volume', 'tanh', '--cutoff-on', 'kl', '--directions', '20', '--json');
    expect(JSON.parse(kl.out)).toMatchObject({cutoffOn: 'kl', anchorLoss: 0});
    const told = await measured('volume', 'tanh', '--cutoff-on', 'kl', '--directions', '20');
    expect(told.out).toMatch(/on the kl\n/);
    const few = await measured('scan', 'tanh', '--points', '3', '--examples', '7', '--json');
    expect(JSON.parse(few.out)).toMatchObject({
      subject: expect.stringContaining('logistic loss on 7 examples') as unknown,
      notes: expect.arrayContaining([
        expect.stringMatching(/^the loss of all 40 examples agrees with the reference/),
        'the first 7 of 40 examples stand for all; --examples says how many',
      ]) as unknown,
    });
  });

  it('takes the first examples of an input of any name, one that tensors have a field of too', async () => {
    const onnx = join(folder, 'named-data.onnx');
    writeFileSync(onnx, namedData);
    const data = dataFile('data', [
      {name: 'data', shape: [3, 2], data: Float32Array.of(0, 1, 1, -1, 0, 0)},
      {name: 'labels', shape: [3], data: Float32Array.of(1, 0, 0)},
    ]);
    const args = ['--onnx', onnx, '--data', data, '--examples', '2', '--points', '3', '--json'];
    const {out} = await minefield('scan', ...args);
    // Outputs of 2.5 and −0.5.
    const loss = (Math.log1p(Math.exp(-2.5)) + Math.log1p(Math.exp(-0.5))) / 2;
    expect(JSON.parse(out)).toMatchObject({anchorLoss: expect.closeTo(loss, 6) as unknown});
  });

  it('is of numbers where that is asked for, its parameters chosen by name', async () => {
    const {out} = await measured(
      'scan',
      'regression',
      '--loss',
      'squared-error',
      '--exclude',
      '0.bias,2.bias',
      '--points',
      '3',
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({
      anchorLoss: expect.closeTo(0.341693, 6) as unknown,
      notes: expect.arrayContaining(['held fixed: "0.bias", "2.bias", 8 numbers in all']) as unknown,
    });
    const untied = await measured(
      'scan',
      'tied',
      '--untie',
      '--parameters',
      '120',
      '--points',
      '3',
      '--json',
    );
    expect(JSON.parse(untied.out)).toMatchObject({anchorLoss: expect.closeTo(2.065329, 6) as unknown});
  });

  it.each<[string, string[], RegExp]>([
    ['spectrum', [], /^error: spectrum needs gradients, and a model of ONNX has values alone; .*--evaluator/],
    ['llc', [], /^error: llc needs gradients/],
    ['volume', ['--estimator', 'preconditioned'], /--estimator preconditioned needs gradients/],
    ['scan', ['--direction', 'sharpest'], /--direction sharpest needs gradients/],
    ['volume', ['--parameters', '99'], /expected 99 parameters in .*tanh\.onnx, got 105/],
    ['volume', ['--include', 'a,,b'], /Expected names with commas between them/],
    ['volume', ['--exclude', '2.wieght'], /did you mean "2.weight"/],
    ['volume', ['--output', 'scores'], /an output "scores" in .*tanh\.onnx, got "outputs"/],
    [
      'volume',
      ['--loss', 'cross-entropy'],
      /logits \[n, \.\.\., classes\] for a cross-entropy, got outputs \[n, 1\]/,
    ],
    ['volume', ['--backend', 'wasm'], /--backend is for a checkpoint or a --layers-model; leave it out/],
    ['volume', ['--model', 'mlp:2-1'], /--model is for a checkpoint; leave it out/],
    ['volume', ['--objective', 'ball'], /either a model of --onnx or an --objective, got both/],
  ])('is refused %s with %j, in words', async (command, args, says) => {
    const {code, out, notes} = await measured(command, 'tanh', ...args);
    expect(notes).toMatch(says);
    expect(notes).not.toContain('    at ');
    expect({code, out}).toEqual({code: 2, out: ''});
  });

  it('is refused without data, with others, and with the loss of another model', async () => {
    const onnx = fixture('tanh.onnx');
    const none = await minefield('volume', '--onnx', onnx);
    expect(none.notes).toMatch(/expected the examples of .*tanh\.onnx by --data, .*, got none/);
    const inputs = {name: 'inputs', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4)};
    const labels = {name: 'labels', shape: [2], data: Float32Array.of(0, 1)};
    const unlabelled = await minefield('volume', '--onnx', onnx, '--data', dataFile('unlabelled', [inputs]));
    expect(unlabelled.notes).toMatch(/a tensor "labels" in .*, got "inputs"; save "labels"/);
    const loss = {name: 'loss', shape: [], data: Float32Array.of(9)};
    const wrong = await minefield(
      'scan',
      '--onnx',
      onnx,
      '--data',
      dataFile('wrong', [inputs, labels, loss]),
    );
    expect(wrong.notes).toMatch(
      /the reference loss of 9 over all 2 examples in .*, got [\d.]+; the usual causes/,
    );
    const absent = await minefield('scan', '--onnx', 'no.onnx', '--data', dataFile('fine', [inputs, labels]));
    expect(absent.notes).toMatch(/^error: expected a model at "no.onnx", got no such file/);
    expect([none.code, unlabelled.code, wrong.code, absent.code]).toEqual([2, 2, 2, 2]);
  });

  it('is what its flags are for', async () => {
    const {notes} = await minefield('volume', '--objective', 'ball', '--untie');
    expect(notes).toMatch(/--untie is for a model of --onnx; leave it out/);
  });
});
