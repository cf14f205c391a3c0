import {expect, it} from 'vitest';
import {runSteps} from './steps.ts';

it('tells each step in its turn, and what it has to say', async () => {
  const told: string[] = [];
  await runSteps(
    [
      {name: 'build', run: () => undefined},
      {name: 'publish', run: () => Promise.resolve('18 packages')},
    ],
    (line) => told.push(line.replace(/\d+\.\d/, '0.0')),
  );
  expect(told).toEqual(['✓ build         0.0 s', '✓ publish       0.0 s  18 packages']);
});

it('stops at the first that fails, with its error', async () => {
  const told: string[] = [];
  const steps = [
    {name: 'build', run: () => Promise.reject(new Error('no compiler'))},
    {name: 'publish', run: () => undefined},
  ];
  await expect(runSteps(steps, (line) => told.push(line.slice(0, 7)))).rejects.toThrow('no compiler');
  expect(told).toEqual(['✗ build']);
});
