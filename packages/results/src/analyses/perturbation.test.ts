import {expect, it} from 'vitest';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {parseRecord} from '../parse-record.ts';
import {syntheticAnalysis, syntheticRun} from '../testing/index.ts';

const record = syntheticAnalysis('perturbation', syntheticRun());
const {data} = record;
const [first] = data.directions;

it.each([
  ['trainLoss', {trainLoss: first?.trainLoss.slice(1)}, 'trainLoss: expected 9 entries, got 8'],
  ['logits', {logits: first?.logits.slice(1)}, 'logits: expected 9 entries, got 8'],
  ['wrong', {wrong: []}, 'wrong: expected 9 entries, got 0'],
  [
    'a grid',
    {logits: first?.logits.map((grid, t) => (t === 3 ? grid.slice(2) : grid))},
    'logits[3]: expected 144 entries, got 142',
  ],
  ['log-odds', {logits: first?.logits.map((grid) => grid.map(() => 9))}, 'logits[0][0]: expected at most 8'],
])('refuses %s that do not fit', (_, part, message) => {
  const directions = [data.directions[1], {...first, ...part}];
  const bad = {...record, data: {...data, directions}};
  expect(() => parseRecord(bad, 'a')).toThrow(InvalidRecordError);
  expect(() => parseRecord(bad, 'a')).toThrow(`data.directions[1].${message}`);
});
