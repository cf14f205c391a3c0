import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {encodeSafetensors} from '@minefield/safetensors';
import {afterAll, describe, expect, it} from 'vitest';
import {json, minefield} from '../../test/in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-evaluated-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const fixtures = join(import.meta.dirname, '../../../evaluator/test/fixtures');
const bowl = `"${process.execPath}" '${join(fixtures, 'bowl.mjs')}' 5`;

const measured = (command: string, ...args: string[]) => minefield(command, '--evaluator', bowl, ...args);

describe('a model that another program evaluates', () => {
  it('has a spectrum, which its closed form confirms', async () => {
    const {code, out, notes} = await measured('spectrum', '--json', '--samples', '2');
    expect(notes).toBe('');
    expect(code).toBe(0);
    const found = JSON.parse(out) as {largest: {value: number}; smallest: {value: number}; subject: string};
    expect(found).toMatchObject({subject: 'a bowl in 5 dimensions', coordinates: 'raw', method: 'exact'});
    expect(found.largest.value).toBeCloseTo(5, 4);
    expect(found.smallest.value).toBeCloseTo(1, 4);
  });

  it('has a volume about its point, a scan and a learning coefficient', async () => {
    // The point is 1 along each of five axes of curvatures 1 to 5: the loss there is 7.5.
    const volume = await measured('volume', '--cutoff', '8', '--directions', '20', '--json');
    expect(JSON.parse(volume.out)).toMatchObject({anchorLoss: 7.5, dimension: 5, directions: 20});
    const scan = await measured('scan', '--points', '5', '--json');
    expect(JSON.parse(scan.out)).toMatchObject({anchorLoss: 7.5, direction: 'unit'});
    const llc = await measured('llc', '--steps', '20', '--json');
    expect(JSON.parse(llc.out)).toMatchObject({dimension: 5, anchorLoss: 7.5});
  });

  it('takes another point from a checkpoint only where it names its parameters', async () => {
    const file = join(folder, 'point.safetensors');
    writeFileSync(file, encodeSafetensors([{name: 'a', shape: [5], data: new Float32Array(5)}], {}));
    const {code, notes} = await measured('volume', file);
    expect(code).toBe(2);
    expect(notes).toMatch(/an evaluator that names its parameters for the point of .*, got none/);
    const layout = JSON.stringify({layout: [{name: 'a', shape: [2], role: 'kernel'}]});
    const faulty = `"${process.execPath}" '${join(fixtures, 'faults.mjs')}' '${folder}' none '${layout}'`;
    writeFileSync(file, encodeSafetensors([{name: 'a', shape: [2], data: Float32Array.of(7, 8)}], {}));
    const found = await json<{anchorLoss: number; notes: string[]}>('volume --objective ball --directions 2');
    expect(found.notes).toEqual([]);
    const {out} = await minefield('scan', file, '--evaluator', faulty, '--points', '3', '--json');
    expect(JSON.parse(out)).toMatchObject({
      anchorLoss: 15,
      direction: 'filter',
      notes: expect.arrayContaining([`the point is that of ${file}`]) as unknown,
    });
  });

  it.each([
    [['--model', 'mlp:2-1'], /--model is for a checkpoint; leave it out/],
    [
      ['--data', 'two-spirals:1'],
      /--data is for a checkpoint or a --layers-model or a model of --onnx; leave it out/,
    ],
    [
      ['--examples', '3'],
      /--examples is for a checkpoint or a --layers-model or a model of --onnx; leave it out/,
    ],
    [['--backend', 'wasm'], /--backend is for a checkpoint or a --layers-model; leave it out/],
    [['--dimension', '3'], /--dimension is for --objective quadratic or ball or slab or power; leave it out/],
    [['--objective', 'ball'], /either an --evaluator or an --objective, got both/],
    [['--cutoff-on', 'kl'], /an objective with predictions, got none/],
  ])('refuses %j in words', async (args, says) => {
    const {code, out, notes} = await measured('volume', ...args);
    expect(notes).toMatch(says);
    expect(notes).not.toContain('    at ');
    expect({code, out}).toEqual({code: 2, out: ''});
  });

  it('has no relative coordinates without filters', async () => {
    const {code, notes} = await measured('spectrum', '--coordinates', 'relative');
    expect(notes).toMatch(/a network for relative coordinates, got an objective without filters/);
    expect(code).toBe(2);
  });

  it('shows what became of a program that does not start, or is none', async () => {
    const absent = await minefield('scan', '--evaluator', 'no-such-program');
    expect(absent.notes).toMatch(
      /^error: expected the hello of no-such-program, got a program that cannot be started/,
    );
    const empty = await minefield('scan', '--evaluator', ' ');
    expect(empty.notes).toMatch(/^error: expected a program and its arguments, got none in " "/);
    const {notes} = await minefield('scan', '--objective', 'ball', '--evaluator-timeout', '3');
    expect(notes).toMatch(/--evaluator-timeout is for an --evaluator; leave it out/);
    expect([absent.code, empty.code]).toEqual([2, 2]);
  });
});

describe.skipIf(process.platform === 'win32')('an evaluator that goes wrong', () => {
  const script = join(fixtures, 'faults.mjs');
  const few = ['--cutoff', '4', '--directions', '10'];
  const faulty = (
    fault: string,
    words: readonly [string, ...string[]] = ['volume', ...few],
  ): Promise<{code: number; out: string; notes: string}> => {
    const own = mkdtempSync(join(folder, 'fault-'));
    const command = `"${process.execPath}" '${script}' '${own}' '${fault}' '{"batch":1}'`;
    return minefield(...words, '--evaluator', command, '--evaluator-timeout', '2');
  };

  it.each([
    ['dies', /got the end of its process, with exit code 7/],
    ['freezes', /an answer to "losses" within 2 s, got none; it was ended/],
    ['prints later', /got "epoch 1"; standard output is for the protocol alone/],
    ['sends too little', /8 bytes in answer to "losses", got 0/],
    ['has no number', /a finite loss at the anchor, got NaN/],
    ['raises an error', /"RuntimeError: no such layer" of the evaluator; correct its program:\nTraceback/],
  ])('%s: one error, exit code 2, and no document', async (fault, says) => {
    const {code, out, notes} = await faulty(fault);
    expect(notes).toMatch(says);
    expect({code, out}).toEqual({code: 2, out: ''});
  });

  it.each(['spectrum', 'llc'])(
    'has no number: %s says so, and blames no differences',
    async (measurement) => {
      const {code, out, notes} = await faulty('has no number', [measurement]);
      expect(notes).toMatch(/a finite loss at the point, got NaN; has training diverged/);
      expect({code, out}).toEqual({code: 2, out: ''});
    },
  );

  it.each(['dies once', 'starts slowly'])('%s: is measured all the same', async (fault) => {
    const {code, out} = await faulty(fault);
    expect(code).toBe(0);
    expect(out).toMatch(/3 is the loss at the point/);
  });
});

describe('minefield evaluator', () => {
  it('prints the helpers, and says which there are', async () => {
    const python = await minefield('evaluator', '--python');
    expect(python.out).toMatch(/^"""Lets Minefield measure a PyTorch model .*\ndef serve\(/s);
    expect((await minefield('evaluator', '--jax')).out).toMatch(/^"""Lets Minefield measure a JAX model/);
    const neither = await minefield('evaluator');
    expect(neither.notes).toMatch(/expected either --python or --jax/);
    expect(neither.code).toBe(2);
  });
});
