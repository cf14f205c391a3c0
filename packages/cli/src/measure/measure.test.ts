import {execFileSync, spawn} from 'node:child_process';
import {readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {json, minefield} from '../../test/in-process.ts';
import {networkFiles} from '../../test/network-files.ts';

const {folder, checkpoint, dataFile} = networkFiles();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

interface Volume {
  readonly logVolume: number | null;
  readonly exact: number | null;
  readonly verdict: string;
  readonly reason: string;
  readonly effectiveSampleSize: number;
  readonly coordinates: string;
  readonly dimension: number;
  readonly censored: number;
  readonly descending: number;
  readonly anchorLoss: number;
  readonly notes: string[];
}

interface Llc {
  readonly learningCoefficient: number | null;
  readonly standardError: number;
  readonly exact: number | null;
  readonly exactAtStepSize: number | null;
  readonly warning: string | null;
  readonly chains: {coefficient: number; acceptance: number | null}[];
}

describe('minefield volume --json', () => {
  it.skipIf(process.platform === 'win32')('reads a checkpoint out of a pipe as from its file', async () => {
    const [file, pipe] = [checkpoint('piped'), join(folder, 'pipe.safetensors')];
    const line = `--data ${dataFile('piped-data', 30)} --directions 20 --cutoff 2`;
    execFileSync('mknod', [pipe, 'p']);
    spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', file, pipe], {stdio: 'ignore'});
    const found = await json<Volume>(`volume ${pipe} ${line}`);
    rmSync(pipe);
    const {logVolume, anchorLoss} = await json<Volume>(`volume ${file} ${line}`);
    expect(found).toMatchObject({logVolume, anchorLoss});
  });

  it('prints the document that other programs read', async () => {
    const found = await json<Record<string, unknown>>(
      'volume --objective quadratic --dimension 2 --decades -1,1 --cutoff 0.1 --directions 2000 --estimator preconditioned',
    );
    expect(found).toMatchObject({
      coordinates: 'raw',
      estimator: 'preconditioned',
      dimension: 2,
      cutoff: 0.1,
      directions: 2000,
      censored: 0,
      verdict: 'reliable',
    });
    expect(found.logVolume).toBeCloseTo(-0.4647, 3);
    expect(found.effectiveSampleSize).toBeGreaterThan(1999);
    expect(found.reason).toMatch(/^effective sample size/);
  });

  it.each([
    [2, -0.4647],
    [10, -7.111],
    [50, -69.6213],
    [1000, Number.NaN],
  ])('of a quadratic bowl in %i dimensions, preconditioned, is exact to 1e-3', async (dimension, exact) => {
    const found = await json<Volume>(
      `volume --objective quadratic --dimension ${dimension} --directions 200 --estimator preconditioned`,
    );
    if (!Number.isNaN(exact)) expect(found.exact).toBeCloseTo(exact, 4);
    expect(Math.abs((found.logVolume ?? 0) - (found.exact ?? 0))).toBeLessThan(1e-3);
    expect(found.verdict).toBe('reliable');
  });

  it('of a quadratic bowl by isotropic rays is right to 0.02 in 2 dimensions', async () => {
    const found = await json<Volume>('volume --objective quadratic --dimension 2 --directions 50000');
    expect(found.verdict).toBe('reliable');
    expect(Math.abs((found.logVolume ?? 0) + 0.4647)).toBeLessThan(0.02);
  });

  it('of the same in 50 dimensions falls short, and never calls itself reliable', async () => {
    for (const seed of [1, 2, 3]) {
      const found = await json<Volume>(
        `volume --objective quadratic --dimension 50 --decades -1,1 --cutoff 0.1 --directions 10000 --estimator isotropic --seed ${seed}`,
      );
      expect(found.logVolume).toBeGreaterThan(-75);
      expect(found.logVolume).toBeLessThan(-71);
      expect(found.effectiveSampleSize).toBeLessThan(10);
      expect(found.verdict).toBe('lower bound');
    }
  });

  it('of a ball under a Gaussian prior is its mass, centred or not', async () => {
    const centred = await json<Volume>('volume --objective ball --dimension 10 --radius 2 --prior-sigma 1');
    expect(Math.abs((centred.logVolume ?? 0) + 2.94403)).toBeLessThan(1e-3);
    expect(centred).toMatchObject({verdict: 'reliable', quantity: 'gaussian mass', cutoff: 4});
    const aside = await json<Volume>(
      'volume --objective ball --dimension 10 --radius 2 --offset 1 --prior-sigma 1 --directions 10000',
    );
    expect(aside.verdict).toBe('reliable');
    expect(Math.abs((aside.logVolume ?? 0) - (aside.exact ?? 0))).toBeLessThan(0.05);
    expect(aside.exact).toBeLessThan(-2.95);
  });

  it('of a slab is unbounded, of a slab that bends everywhere and of a power known', async () => {
    const slab = await json<Volume>('volume --objective slab --dimension 5 --constrained 2 --directions 100');
    expect(slab).toMatchObject({verdict: 'unbounded', logVolume: null, exact: null});
    for (const objective of [
      'slab --dimension 5 --constrained 5',
      'power --dimension 2',
      'ball --dimension 3',
    ]) {
      const found = await json<Volume>(`volume --objective ${objective} --directions 5000`);
      expect(found.verdict, objective).toBe('reliable');
      expect(Math.abs((found.logVolume ?? 0) - (found.exact ?? 0)), objective).toBeLessThan(0.02);
    }
  });

  it('says along how many rays the loss falls at a point that is no minimum', async () => {
    const found = await json<Volume>(
      'volume --objective quadratic --dimension 3 --decades 0,0 --displacement 0.3 --directions 200',
    );
    expect(found.anchorLoss).toBeCloseTo(0.045, 6);
    expect(found.descending).toBeGreaterThan(50);
    expect(found.descending).toBeLessThan(150);
    expect(found.notes.join()).toMatch(/the anchor is no minimum/);
    const at = await json<Volume>('volume --objective quadratic --dimension 3 --directions 200');
    expect(at).toMatchObject({descending: 0, notes: []});
  });
});

describe('minefield spectrum', () => {
  it('finds both ends to 1e-5 with as many steps as eigenvalues, and the trace within its errors', async () => {
    const found = await json<{
      largest: {value: number};
      smallest: {value: number};
      trace: Record<'hutchinson' | 'hutchPlusPlus', {trace: number; standardError: number}>;
      exact: {trace: number};
      density: {nodes: number[]; weights: number[]};
    }>('spectrum --objective quadratic --dimension 50 --decades -1,1 --steps 50');
    expect(Math.abs(found.largest.value / 10 - 1)).toBeLessThan(1e-5);
    expect(Math.abs(found.smallest.value / 0.1 - 1)).toBeLessThan(1e-5);
    const {hutchinson, hutchPlusPlus} = found.trace;
    expect(hutchinson.trace).toBeCloseTo(found.exact.trace, 3);
    expect(Math.abs(hutchPlusPlus.trace - found.exact.trace)).toBeLessThan(3 * hutchPlusPlus.standardError);
    const {nodes, weights} = found.density;
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    const mean = nodes.reduce((sum, node, i) => sum + node * (weights[i] ?? 0), 0);
    expect(mean).toBeCloseTo(found.exact.trace / 50, 3);
  });

  it('of a power is 0 at its minimum', async () => {
    expect(await json('spectrum --objective power --dimension 3')).toMatchObject({
      largest: {value: 0},
      smallest: {value: 0},
      trace: {hutchinson: {trace: 0}},
      exact: {largest: 0, smallest: 0, trace: 0},
    });
  });

  it('keeps the sign of the smallest eigenvalue of a network that is at no minimum', async () => {
    const {code, out} = await minefield('spectrum', checkpoint('random'), '--samples', '2');
    expect(code).toBe(0);
    expect(out).toMatch(/^smallest +−\d/m);
    expect(out).toMatch(/the smallest eigenvalue is negative: the anchor is no minimum/);
    expect(out).toMatch(/^of +mlp 2-4-1 on 200 examples of two-spirals:1, 12 eigenvalues in relative/m);
  });
});

describe('minefield llc', () => {
  it('of a quadratic bowl by MALA is within 3 standard errors of ½ Σ nβh/(nβh + γ)', async () => {
    const found = await json<Llc>('llc --objective quadratic --dimension 3 --decades -1,1 --sampler mala');
    expect(found.exact).toBeCloseTo(1.4491, 4);
    expect(Math.abs((found.learningCoefficient ?? 0) - 1.4491)).toBeLessThan(3 * found.standardError);
    expect(found.standardError).toBeLessThan(0.06);
    expect(found.chains).toHaveLength(4);
  });

  it('of the same by SGLD has the bias of its step', async () => {
    const found = await json<Llc>('llc --objective quadratic --dimension 3 --epsilon 1e-3 --steps 40000');
    expect(found.exactAtStepSize).toBeGreaterThan(1.6);
    expect(Math.abs((found.learningCoefficient ?? 0) - (found.exactAtStepSize ?? 0))).toBeLessThan(
      3 * found.standardError,
    );
    const usual = await json<Llc>('llc --objective quadratic --dimension 3 --steps 10 --epsilon 1e-4');
    expect(usual.exactAtStepSize).toBeCloseTo(1.463, 3);
  });

  it.each([1, 2, 3])('of x^(2·%i) is 1/(2k) to 5 percent', async (power) => {
    const found = await json<Llc>(
      `llc --objective power --power ${power} --gamma 0 --sampler mala --steps ${20_000 * power}`,
    );
    expect(found.exact).toBeCloseTo(1 / (2 * power), 12);
    expect(Math.abs((found.learningCoefficient ?? 0) * 2 * power - 1)).toBeLessThan(0.05);
  });

  it('owns up to a negative estimate', async () => {
    const {code, out} = await minefield(
      ...'llc --objective quadratic --dimension 3 --displacement 3 --gamma 0 --steps 5000'.split(' '),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^λ̂ +−\d/m);
    expect(out).toMatch(/^warning +the coefficient is negative: the point is no local minimum/m);
  });
});

describe('a checkpoint', () => {
  const committed = join(import.meta.dirname, '../../../../results/toy/checkpoints');

  it('of this project says itself what network it is and what data it was trained on', async () => {
    const [first = ''] = readdirSync(committed);
    const found = await json<Volume & {subject: string}>(
      `volume ${join(committed, first)} --directions 4 --cutoff 1 --cutoff-on excess`,
    );
    expect(found.subject).toMatch(/^mlp 2-23-16-26-32-28-31-1 on 200 examples of two-spirals:\d$/);
    expect(found).toMatchObject({coordinates: 'relative', dimension: 3457, notes: []});
    expect(found.anchorLoss).toBeLessThan(0.2);
  });

  it('is measured on other data and in raw coordinates where asked; where its record is missing, that is said', async () => {
    const file = checkpoint('own');
    const args = '--directions 50 --cutoff-on excess';
    const relative = await json<Volume>(`volume ${file} ${args}`);
    expect(relative.notes.join()).toMatch(/no run record beside the checkpoint/);
    const raw = await json<Volume & {logDeterminant: number}>(`volume ${file} ${args} --coordinates raw`);
    expect((raw.logVolume ?? 0) - (relative.logVolume ?? 0)).toBeCloseTo(raw.logDeterminant, 9);
    const other = await json<Volume>(`volume ${file} ${args} --data ${dataFile('other', 30)}`);
    expect(other.anchorLoss).not.toBe(relative.anchorLoss);
    const kl = await json<Volume>(
      `volume ${file} --directions 50 --cutoff 0.1 --cutoff-on kl --estimator preconditioned --data two-spirals:2`,
    );
    expect(kl).toMatchObject({anchorLoss: 0, descending: 0, censored: 0});
  });

  it('may be measured on a single example', async () => {
    const one = dataFile('one', 1);
    expect(
      await json(`volume ${checkpoint('single')} --data ${one} --directions 5 --cutoff 9`),
    ).toMatchObject({
      directions: 5,
    });
    const llc = await minefield('llc', checkpoint('single'), '--data', one);
    expect(llc).toMatchObject({code: 2, out: ''});
    expect(llc.notes).toMatch(/a whole number of at least 2 examples, got 1/);
  });

  it('keeps wholly zero filters where they are, and says so', async () => {
    const file = checkpoint('zero', (values, tensor) => {
      if (tensor === 'dense0/kernel') for (const i of [0, 4]) values[i] = 0;
    });
    const found = await json<Volume>(`volume ${file} --directions 5 --cutoff-on excess`);
    expect(found.dimension).toBe(10);
    expect(found.notes.join()).toMatch(/1 wholly zero filter/);
  });
});

it('stops on Ctrl-C with exit code 130 and no document, whatever it is doing', async () => {
  for (const line of [
    'volume --objective quadratic --directions 5000000',
    'llc --objective quadratic --steps 3000000',
    'spectrum --objective quadratic --dimension 500 --samples 10000',
    'scan --objective quadratic --dimension 100000 --points 10001',
  ]) {
    setTimeout(() => process.emit('SIGINT'), 100);
    const {code, out, notes} = await minefield(...line.split(' '), '--json');
    expect({code, out}, line).toEqual({code: 130, out: ''});
    expect(notes).toMatch(/^stopping \(again to stop at once\)$/m);
  }
});
