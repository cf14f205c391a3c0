import {spawnSync} from 'node:child_process';
import {expect, it} from 'vitest';

/** Lines that an example prints. */
function linesOf(example: string): string[] {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ['--conditions=@minefield/source', `${example}.ts`],
    {cwd: import.meta.dirname, encoding: 'utf8'},
  );
  expect(status, stderr).toBe(0);
  return stdout.trim().split('\n');
}

function numberIn(line: string | undefined, pattern: RegExp): number {
  return Number(pattern.exec(line ?? '')?.[1] ?? Number.NaN);
}

it('measures a model of TensorFlow.js Layers where its training left it', () => {
  const [loss, volume, sharpness, ...more] = linesOf('analyze-layers-model');
  expect(more).toEqual([]);
  expect(numberIn(loss, /^loss ([\d.]+) at 205 parameters$/)).toBeLessThan(0.1);
  // 24 + 144 + 12 weights move; in so many dimensions fifty rays give a bound at best, and one that a radius changes a lot.
  const logVolume = numberIn(volume, /^log volume (-?[\d.]+) in 180 dimensions: lower bound$/);
  expect(Math.abs(logVolume - 257)).toBeLessThan(30);
  expect(numberIn(sharpness, /^sharpness ([\d.e-]+), by exact products$/)).toBeGreaterThan(0);
});

it('measures a checkpoint of PyTorch, with the loss that PyTorch has', () => {
  const [loss, volume, sharpness, ...more] = linesOf('analyze-pytorch-model');
  expect(more).toEqual([]);
  const ours = numberIn(loss, /^loss ([\d.]+); PyTorch says [\d.]+$/);
  // To the digits printed.
  expect(Math.abs(ours - numberIn(loss, /PyTorch says ([\d.]+)$/))).toBeLessThan(1.5e-6);
  const logVolume = numberIn(volume, /^log volume (-?[\d.]+) in 304 dimensions: lower bound$/);
  expect(Math.abs(logVolume - 343)).toBeLessThan(30);
  expect(numberIn(sharpness, /^sharpness ([\d.e-]+), by exact products$/)).toBeGreaterThan(0);
});
