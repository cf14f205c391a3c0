import {recordSet} from '@minefield/results';
import {syntheticRun, syntheticSweep} from '@minefield/results/testing';
import {describe, expect, it} from 'vitest';
import {minefield, records as whole} from '../test/sample-figures.ts';
import {figureCatalogue, type FigureName} from './catalogue.ts';
import {endsOf} from './ends.ts';
import {NothingToDrawError} from './nothing-to-draw-error.ts';
import {volumeAgainstGap} from './volume-against-gap.ts';

const names = Object.keys(figureCatalogue) as FigureName[];
const records = recordSet([...syntheticSweep(), minefield]);
/** With networks that were trained otherwise, but on as many examples. */
const otherwise = recordSet(
  syntheticSweep({analyses: ['alternatives']}).map((record) =>
    record.kind === 'analysis' && record.analysis === 'alternatives'
      ? {...record, data: {...record.data, reference: null}}
      : record,
  ),
);

describe('the catalogue of figures', () => {
  it.each(names)('draws %s of a whole experiment, under any heading', (name) => {
    const {draw, shows} = figureCatalogue[name];
    const measured = name === 'otherwise' ? otherwise : records;
    expect(draw(measured).description?.length).toBeGreaterThan(60);
    expect(draw(measured, {title: 'A heading of mine'}).title).toMatchObject({text: 'A heading of mine'});
    expect(shows.length).toBeLessThan(59);
  });

  it.each(names)('has nothing to draw for %s where nothing was measured', (name) => {
    const empty = recordSet(syntheticSweep({analyses: []}).filter(({kind}) => kind === 'experiment'));
    expect(() => figureCatalogue[name].draw(empty)).toThrow(NothingToDrawError);
  });

  it('is made of the figures that programs have', () => {
    const drawn = figureCatalogue['volume-stable'].draw(whole);
    const asked = volumeAgainstGap(whole.runs(), whole.analyses('basin'), {statistic: 'stable'});
    expect(drawn).toEqual(asked);
  });
});

describe('the ends of a sweep', () => {
  it('are the least and the most poison of the first seed', () => {
    const runs = records.runs();
    expect(endsOf(runs).map(({seed, poisonFactor}) => [seed, poisonFactor])).toEqual([
      [1, 0],
      [1, 0.8],
    ]);
    expect(endsOf([syntheticRun({seed: 3})])).toHaveLength(1);
    expect(endsOf([])).toEqual([]);
  });
});
