import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {fuzz} from '../../../.ci/fuzz/fuzz.ts';
import {addressesTarget, states} from './addresses.ts';
import {perceptronsTarget} from './perceptrons.ts';
import {pointsTarget} from './points.ts';

describe('five thousand mutated inputs are read soundly or refused, each in little time:', () => {
  it.each([
    ['addresses of shared views', addressesTarget],
    ['labelled points', pointsTarget],
    ['networks', perceptronsTarget],
  ] as const)('%s', async (_, target) => {
    const {accepted, refused, faults} = await fuzz<never>(target as never, {inputs: 5000, seed: 2});
    expect(faults).toEqual([]);
    expect(accepted).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(2000);
  });
});

it('every state of an address is among those that are mutated', () => {
  const explorers = join(import.meta.dirname, '../../src/explorers');
  const sources = globSync('**/*.{ts,tsx}', {cwd: explorers}).map((file) =>
    readFileSync(join(explorers, file), 'utf8'),
  );
  const named = sources.flatMap((source) =>
    [...source.matchAll(/useUrlState(?:<[^()]*>)?\(\s*'([^']+)'/g)].map(([, name]) => name),
  );
  // Each call of the hook is understood by the pattern, and its name a literal.
  const calls = sources.flatMap((source) => [...source.matchAll(/= useUrlState\b|: useUrlState\b/g)]);
  expect(named.length).toBe(calls.length);
  expect(Object.keys(states).toSorted()).toEqual([...new Set(named)].toSorted());
});
