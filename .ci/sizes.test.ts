import {expect, it} from 'vitest';
import {type Source, productionSources} from './sources.ts';

const sources = productionSources();

it('half of the files have at most 60 lines, and none has more than 300', () => {
  const lengths = sources.map(({lines}) => lines).toSorted((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)];
  console.log(`${lengths.length} files: median ${median} lines, longest ${lengths.at(-1)}`);
  expect(lengths.length).toBeGreaterThan(500);
  expect(median).toBeLessThanOrEqual(60);
  expect(sources.filter(({lines}) => lines > 300)).toEqual([]);
});

it('experiments holds at most 15% of the code of all packages', () => {
  const all = sources.filter(({path}) => path.startsWith('packages/'));
  const own = all.filter(({path}) => path.startsWith('packages/experiments/'));
  const share = sum(own) / sum(all);
  console.log(`experiments: ${sum(own)} of ${sum(all)} lines, ${(100 * share).toFixed(1)}%`);
  expect(sum(own)).toBeGreaterThan(1000);
  expect(share).toBeLessThanOrEqual(0.15);
});

function sum(some: readonly Source[]): number {
  return some.reduce((total, {lines}) => total + lines, 0);
}
