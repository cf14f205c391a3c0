import {describe, expect, it} from 'vitest';
import type {LabFile} from '../data/lab-file.ts';
import {labTable} from '../data/lab-table.ts';
import {filteredRows, listCodec, rangesCodec, sortedRows, sortingCodec, withRange} from './filters.ts';

const file: LabFile = {
  experiments: [],
  cutoffs: [{kind: 'loss', value: 0.5}],
  id: ['a', 'b', 'c', 'd'],
  words: {experiment: {values: ['toy', 'svhn'], at: [0, 1, 0, 1]}},
  numbers: {gap: [0.2, null, 0.9, 0.2], beta: [0, 1, 0.8, 0.03]},
};
const table = labTable(file);

describe('filteredRows', () => {
  it('keeps both ends of a range, and no run without the number', () => {
    expect(filteredRows(table, [], [{key: 'gap', from: 0.2, to: 0.9}])).toEqual([0, 2, 3]);
    expect(filteredRows(table, [], [{key: 'gap', from: -Infinity, to: 0.89}])).toEqual([0, 3]);
  });

  it('asks for every filter at once, and for all experiments where none is named', () => {
    expect(filteredRows(table, ['svhn'], [{key: 'gap', from: 0, to: 1}])).toEqual([3]);
    expect(filteredRows(table, [], [])).toEqual([0, 1, 2, 3]);
  });
});

describe('sortedRows', () => {
  it('leaves those without the number last, whichever way it sorts, and equal ones in order', () => {
    expect(sortedRows(table, [0, 1, 2, 3], {key: 'gap', falling: false})).toEqual([0, 3, 2, 1]);
    expect(sortedRows(table, [0, 1, 2, 3], {key: 'gap', falling: true})).toEqual([2, 0, 3, 1]);
  });

  it('sorts by words', () => {
    expect(sortedRows(table, [0, 1, 2, 3], {key: 'experiment', falling: false})).toEqual([1, 3, 0, 2]);
  });
});

describe('a key that every object has', () => {
  it('is no quantity, and no word of any run', () => {
    for (const key of ['constructor', 'toString', 'valueOf']) {
      expect(sortedRows(table, [0, 1, 2, 3], {key, falling: true})).toEqual([0, 1, 2, 3]);
      expect(filteredRows(table, [], [{key, from: 0, to: 1}])).toEqual([]);
    }
  });
});

describe('addresses', () => {
  it('carry ranges there and back, open ones too', () => {
    const ranges = [
      {key: 'gap', from: 0.2, to: 0.9},
      {key: 'stableVolume.loss0.5', from: -Infinity, to: -1.5e3},
    ];
    expect(rangesCodec.parse(rangesCodec.format(ranges))).toEqual(ranges);
    expect(rangesCodec.parse(rangesCodec.format([]))).toEqual([]);
  });

  it.each(['gap', 'gap:1', 'gap:a:b', 'gap:2:1', '<b>:0:1', 'gap:0:1;', 'gap:0:1;gap:0:2'])(
    'refuse the ranges %s',
    (text) => {
      expect(rangesCodec.parse(text)).toBeUndefined();
    },
  );

  it('carry the order', () => {
    expect(sortingCodec.parse('-gap')).toEqual({key: 'gap', falling: true});
    expect(sortingCodec.format({key: 'radius.loss0.25', falling: false})).toBe('radius.loss0.25');
    expect(sortingCodec.parse('-')).toBeUndefined();
  });

  it('refuse lists that are too long or hold something else', () => {
    const codec = listCodec(/^[0-9a-f]{2}$/, 2);
    expect(codec.parse('0a,ff')).toEqual(['0a', 'ff']);
    expect(codec.parse('')).toEqual([]);
    expect(codec.parse('0a,ff,00')).toBeUndefined();
    expect(codec.parse('zz')).toBeUndefined();
    expect(codec.parse('0a,0a')).toBeUndefined();
  });
});

describe('withRange', () => {
  it('has one range for each quantity, the last', () => {
    const first = {key: 'gap', from: 0, to: 1};
    expect(withRange([first, {key: 'beta', from: 0, to: 1}], {key: 'gap', from: 0.5, to: 1})).toEqual([
      {key: 'beta', from: 0, to: 1},
      {key: 'gap', from: 0.5, to: 1},
    ]);
  });
});
