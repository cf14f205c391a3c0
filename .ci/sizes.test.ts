import {expect, it} from 'vitest';
import {type Source, productionSources} from './sources.ts';

const sources = productionSources();
const ofPackages = sources.filter(({path}) => path.startsWith('packages/'));
const ofExperiments = sources.filter(({path}) => path.startsWith('packages/experiments/'));
const sum = (some: readonly Source[]): number => some.reduce((total, {lines}) => total + lines, 0);

it('half of the files have at most 60 lines, and none has more than 300', () => {
  const lengths = sources.map(({lines}) => lines).toSorted((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)];
  console.log(`${lengths.length} files: median ${median} lines, longest ${lengths.at(-1)}`);
  expect(lengths.length).toBeGreaterThan(500);
  expect(median).toBeLessThanOrEqual(60);
  expect(sources.filter(({lines}) => lines > 300)).toEqual([]);
});

it('experiments holds at most 15% of the code of packages and site', () => {
  const share = sum(ofExperiments) / sum(sources);
  const shareOfPackages = sum(ofExperiments) / sum(ofPackages);
  console.log(
    `experiments: ${sum(ofExperiments)} lines, ${(100 * share).toFixed(1)}% of ${sum(sources)}; ` +
      `${(100 * shareOfPackages).toFixed(1)}% of the packages alone`,
  );
  expect(share).toBeLessThanOrEqual(0.15);
});
