/** `pnpm fuzz:points`: the reader of labelled points from a reader's file, against mutated tables and JSON. */
import {InputError} from '@minefield/core';
import {drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import {type FuzzTarget, fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {damagedText, mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {readPoints} from '../../src/explorers/lab/measure/read-points.ts';

const json: readonly unknown[] = [
  [
    [1, 2, 0],
    [-3.5, 4, 1],
    [0, 0.1, 1],
  ],
  [
    {x: 1, y: 2, label: 0},
    {x: -3.5, y: 4, label: 1},
  ],
  {
    inputs: [
      [1, 2],
      [-3.5, 4],
      [1e-3, 7],
    ],
    labels: [0, 1, 0],
  },
];
const tables = [
  'x,y,label\n1,2,0\n-3.5,4,1\n',
  'label;"y";x\r\n0;2;1\r\n1;4;-3.5\r\n',
  '1\t2\t0\n-3.5\t4\t1\n\n0.1\t0\t1',
  '"x","y","colour","label"\n1e3,2e-4,red,0\n.5,4.,blue,1\n',
];

export const pointsTarget: FuzzTarget<string> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    if (i % 2 === 0) return mutatedJson(draw, oneOf(draw, json));
    const table = oneOf(draw, tables);
    if (draw(20) === 0) return table;
    const cell = oneOf(draw, [
      '1e300',
      '-1e39',
      'NaN',
      'Infinity',
      '',
      ' ',
      '0x1f',
      '2',
      '"',
      '\u001b[31m',
      'ü',
    ]);
    const changed = draw(2) === 0 ? table.replace(/-?[\d.]+/, () => cell) : damagedText(draw, table);
    // The page takes no larger file.
    return draw(200) === 0 ? changed.repeat(1 + draw(3000)).slice(0, 2_000_000) : changed;
  },
  read(text) {
    try {
      const {inputs, labels} = readPoints(text);
      const sound =
        inputs.length === 2 * labels.length &&
        inputs.every(Number.isFinite) &&
        labels.every((label) => label < 2) &&
        labels.length >= 2;
      return sound ? 'accepted' : {fault: `unsound: ${labels.length} points`};
    } catch (error) {
      return refusal(error, [InputError]);
    }
  },
};

if (import.meta.main) await fuzzCommand('points', pointsTarget);
