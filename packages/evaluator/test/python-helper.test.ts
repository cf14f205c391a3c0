/** What the helper for PyTorch does with models and requests that are not as they should be. */
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {centralDifferenceGradient} from './central-difference-gradient.ts';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {pythonsOrNone} from '../../../.ci/python.ts';
import {type ProcessObjective, objectiveFromProcess} from '../src/index.ts';
import {leftRunning} from './left-running.ts';

// Small products gain nothing from more threads, and lose much where the machine does other work.
vi.stubEnv('OMP_NUM_THREADS', '1');

const root = mkdtempSync(join(tmpdir(), 'minefield-python-'));
afterAll(() => rmSync(root, {recursive: true, force: true}));
// -E: text that is printed before the helper is there waits in a buffer, unless the environment says otherwise.
const script = ['-E', join(import.meta.dirname, 'fixtures/odd.py')];

const {pythons, none} = pythonsOrNone('torch');

describe.skipIf(none).each(pythons)('a model of odd parts in %s', (python) => {
  let objective: ProcessObjective;
  const folder = mkdtempSync(join(root, 'odd-'));

  it('is served though it prints, has parts that are tied, frozen or unused, and takes batches from a loader', async () => {
    objective = await objectiveFromProcess([python, ...script, folder]);
    expect(
      objective.layout?.slices.map(({name, role, filterAxis}) => [name, role, filterAxis].join(' ').trim()),
    ).toEqual([
      'gate scale',
      'widen.weight kernel 1',
      'widen.bias bias',
      'norm.weight scale',
      'norm.bias shift',
      'slope.weight scale',
      'memory.weight_ih_l0 kernel 0',
      'memory.weight_hh_l0 kernel 0',
      'memory.bias_ih_l0 bias',
      'memory.bias_hh_l0 bias',
      'here.weight kernel 0',
      'there.bias bias',
      'unused.weight kernel 0',
    ]);
    expect(objective).toMatchObject({name: 'odd parts', examples: 7, takesExamples: true, notes: []});
    const gradient = await objective.gradient?.(objective.anchor);
    const differences = await centralDifferenceGradient(objective, objective.anchor);
    gradient?.forEach((value, i) => expect(value).toBeCloseTo(differences[i] ?? Number.NaN, 3));
    // Nothing depends on it.
    expect(gradient?.slice(-8).every((value) => value === 0)).toBe(true);
  });

  it('is averaged over the examples that are asked for, though three go at once', async () => {
    const each = await Promise.all(
      Array.from({length: 7}, (_, i) => objective.loss(objective.anchor, {examples: Uint32Array.of(i)})),
    );
    const [all = Number.NaN] = await objective.loss(objective.anchor);
    const mean = each.reduce((sum, [value = Number.NaN]) => sum + value / 7, 0);
    expect(Math.abs(all / mean - 1)).toBeLessThan(1e-6);
  });

  it('says where it failed, and goes on', async () => {
    await expect(objective.gradient?.(objective.anchor.with(0, 100))).rejects.toThrow(
      /"RuntimeError: it has diverged" of the evaluator; correct its program:\nTraceback .*odd\.py", line \d+, in forward\n/s,
    );
    expect((await objective.loss(objective.anchor))[0]).toBeGreaterThan(0);
  });

  it('gives up a request between two points', async () => {
    const slow = new Float32Array(32 * objective.dimension);
    for (let k = 0; k < 32; k++) slow.set(objective.anchor.with(0, 50), k * objective.dimension);
    const controller = new AbortController();
    const slept = join(folder, 'slept');
    const given = objective.loss(slow, {signal: controller.signal});
    await expect.poll(() => existsSync(slept)).toBe(true);
    controller.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await objective.loss(objective.anchor);
    // Once a batch of three of the seven examples, would it go on.
    expect(readFileSync(slept, 'utf8').length).toBeLessThan(32 * 3);
    await objective.close();
    expect(await leftRunning(folder)).toEqual([]);
  });

  it('stops a sum early only above the limit, and where no loss is below 0', async () => {
    await using bounded = await objectiveFromProcess([python, ...script, folder, 'bounded']);
    const [whole = Number.NaN] = await bounded.loss(bounded.anchor);
    const [above = Number.NaN] = await bounded.loss(bounded.anchor, {limit: whole / 10});
    expect(above).toBeGreaterThan(whole / 10);
    expect(above).toBeLessThan(whole * 0.9);
    expect((await bounded.loss(bounded.anchor, {limit: whole * 1.001}))[0]).toBe(whole);
  });

  it('offers no products where its parts have no second derivative, and says why', async () => {
    await using once = await objectiveFromProcess([python, ...script, folder, 'once']);
    expect(once.hessianVector).toBeUndefined();
    expect(await once.gradient?.(once.anchor)).toHaveLength(once.dimension);
    expect(once.notes.join()).toMatch(/^no Hessian-vector products: no second derivative/);
  });

  it('is evaluated all at once where its loss is no mean, and says so', async () => {
    await using summed = await objectiveFromProcess([python, ...script, folder, 'sum']);
    expect(summed.takesExamples).toBe(false);
    expect(summed.notes).toEqual(['the loss is no mean over examples, so they are evaluated all at once']);
    await expect(summed.loss(summed.anchor, {examples: Uint32Array.of(0)})).rejects.toThrow(/takes none/);
  });

  it.skipIf(process.platform === 'win32')(
    'ends in the middle of a request when the other side is killed',
    async () => {
      const program = `
      import {objectiveFromProcess} from '@minefield/evaluator';
      const objective = await objectiveFromProcess(${JSON.stringify([python, ...script, folder])});
      console.log('started');
      await objective.loss(new Float32Array(32 * objective.dimension).fill(50));`;
      const other = spawn(
        process.execPath,
        ['--conditions=@minefield/source', '--input-type=module', '--eval', program],
        {cwd: join(import.meta.dirname, '..'), stdio: ['ignore', 'pipe', 'ignore']},
      );
      expect(
        await new Promise((resolve) => other.stdout.on('data', resolve).on('end', resolve)),
      ).toBeDefined();
      await new Promise((resolve) => setTimeout(resolve, 300));
      other.kill('SIGKILL');
      expect(await leftRunning(folder)).toEqual([]);
    },
  );
});
