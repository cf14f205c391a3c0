import {expect, it} from 'vitest';
import {agreementTable} from './agreement-table.ts';

const document = {
  experiment: 'toy',
  networks: 3,
  cutoff: 0.5,
  quantities: ['poison', 'gap', 'margin'],
  rho: [
    [1, 0.5, null],
    [0.5, 1, -0.25],
    [null, -0.25, 1],
  ],
  pairs: [
    [3, 3, 2],
    [3, 3, 2],
    [2, 2, 2],
  ],
  levels: [{poisonFactor: 0, medians: [0, 0.02, -4243.4]}],
  steadiness: null,
};

it('stands in one block where the terminal is wide enough', () => {
  expect(agreementTable(document, 64)).toEqual([
    "Spearman's ρ over 3 networks of toy, volumes at a loss of 0.5",
    '',
    '                1      2      3',
    ' 1  poison  1.000',
    ' 2  gap     0.500  1.000',
    ' 3  margin      – -0.250  1.000   1 without',
    '',
    'Medians of the levels',
    '',
    '          1          2          3',
    '          0       0.02      -4243',
  ]);
});

it('says how many eigenvalues a millionth of the weights moves', () => {
  const steadiness = {networks: 3, beyondTenth: 2, twofold: 1};
  expect(agreementTable({...document, steadiness}, 200).at(-1)).toBe(
    'Where each weight moves by a millionth of itself, the largest eigenvalue of 2 of 3 networks varies by more than a tenth ' +
      'of its median, that of 1 more than twofold',
  );
});

it('breaks into blocks of columns elsewhere, none wider than the terminal', () => {
  const lines = agreementTable(document, 26);
  expect(Math.max(...lines.slice(4).map(({length}) => length))).toBeLessThanOrEqual(
    26 + '   1 without'.length,
  );
  expect(lines.join('\n')).toContain(['               3', ' 3  margin  1.000   1 without'].join('\n'));
  expect(lines.slice(-3)).toEqual(['', '          1          3', '          0      -4243']);
});
