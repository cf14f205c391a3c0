import {featureMapText, houseNumbersProfiles} from '@minefield/spec';
import {expect, it} from 'vitest';
import {agreeable, syntheticSweep} from '../test/synthetic-sweep.ts';
import {settingsOf, withAnalyses} from '../test/with-analyses.ts';
import type {Claim} from './claim.ts';
import {verifyClaims} from './verify.ts';

const spec = houseNumbersProfiles.cpu;
const settings = settingsOf(spec, 'linear');
const {features} = settings;
const RELU = features.findLastIndex(({name}) => name === 'relu');

interface Told {
  readonly train: number;
  readonly test: number;
}

/** The network itself has a test accuracy of 85%. */
function claimOf(tell: (map: number, seed: number) => Told): Claim | undefined {
  const networks = syntheticSweep((b, seed) => ({...agreeable(b, seed), test: 0.85}), spec);
  const {experiment, records} = withAnalyses(networks, 'linear', ({poisonFactor, seed}) =>
    poisonFactor > 0
      ? []
      : [{settings, data: {fits: features.map((_, i) => ({count: 10, fresh: null, ...tell(i, seed)}))}}],
  );
  return verifyClaims(experiment, records).claims.find(({id}) => id === 13);
}

it('holds where every classifier that fits is far below the network', () => {
  const claim = claimOf((map) => (map === RELU ? {train: 1, test: 0.7} : {train: 0.9, test: 0.84}));
  expect(claim?.verdict).toBe('pass');
  expect(claim?.ours).toContain(
    'network: test 85% (85%, 85%, 85%, 85%, 85%); linear on inputs: train 90%, test 84% (84%, 84%, 84%, 84%, 84%); products of 2 inputs: train 90%',
  );
  expect(claim?.ours).toContain('16,000 random ReLUs: train 100%, test 70% (70%, 70%, 70%, 70%, 70%)');
});

it('fails where one that fits comes near the network, by the median over seeds', () => {
  const near = (test: number) => (map: number) => (map === RELU ? {train: 1, test} : {train: 1, test: 0.5});
  expect(claimOf(near(0.74))?.verdict).toBe('pass');
  expect(claimOf(near(0.76))?.verdict).toBe('fail');
  expect(claimOf((map, seed) => near(seed === 1 ? 0.9 : 0.5)(map))?.verdict).toBe('pass');
});

it('is not decided where none fits, or a record is missing', () => {
  const loose = claimOf(() => ({train: 0.98, test: 0.5}));
  expect(loose).toMatchObject({verdict: 'undecided'});
  expect(loose?.ours).toContain('no linear classifier fits');
  const {experiment, records} = syntheticSweep(agreeable, spec);
  const missing = verifyClaims(experiment, records).claims.find(({id}) => id === 13);
  expect(missing).toMatchObject({verdict: 'undecided'});
  expect(missing?.ours).toContain('missing');
});

it('names feature maps', () => {
  expect(featureMapText({name: 'fourier', count: 16_000, lengthScale: 0.3})).toBe(
    '16,000 cosines of length 0.3',
  );
});
