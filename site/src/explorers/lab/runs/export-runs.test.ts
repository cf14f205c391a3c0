import {describe, expect, it} from 'vitest';
import type {LabFile} from '../data/lab-file.ts';
import {labTable} from '../data/lab-table.ts';
import {csvField, runsAsCsv, runsAsJson} from './export-runs.ts';

const file: LabFile = {
  experiments: [],
  cutoffs: [],
  id: ['aa', 'bb'],
  words: {
    experiment: {values: ['my, "toy"\nof two lines'], at: [0, 0]},
    commit: {values: ['x'], at: [null, 0]},
  },
  numbers: {gap: [0.15774999999999995, null], trainLoss: [7.636e-14, -0]},
};

describe('exports', () => {
  it('quote what has to be quoted, and nothing else', () => {
    expect(csvField('plain text')).toBe('plain text');
    expect(csvField('a "b", c')).toBe('"a ""b"", c"');
    expect(csvField('a\nb')).toBe('"a\nb"');
    expect(csvField(null)).toBe('');
    expect(csvField(1e-300)).toBe('1e-300');
  });

  it('write every digit as CSV, and leave out what is missing', () => {
    expect(runsAsCsv(labTable(file), [0, 1])).toBe(
      'id,experiment,commit,gap,trainLoss\r\n' +
        'aa,"my, ""toy""\nof two lines",,0.15774999999999995,7.636e-14\r\n' +
        'bb,"my, ""toy""\nof two lines",x,,0\r\n',
    );
  });

  it('write the rows that are asked for as JSON, in their order', () => {
    const rows = JSON.parse(runsAsJson(labTable(file), [1, 0])) as {id: string; gap: number | null}[];
    expect(rows.map(({id, gap}) => [id, gap])).toEqual([
      ['bb', null],
      ['aa', 0.15774999999999995],
    ]);
  });
});
