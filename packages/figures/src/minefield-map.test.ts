import {describe, expect, it} from 'vitest';
import {rowsOf} from '../test/rows-of.ts';
import {minefield} from '../test/sample-figures.ts';
import {minefieldMap} from './minefield-map.ts';

describe('minefieldMap', () => {
  const {path, minima} = minefield.data;
  const isBad = (i: number): boolean =>
    (minima.trainAccuracy[i] ?? 0) >= 0.99 && (minima.testAccuracy[i] ?? 1) < 0.53;
  const found = minima.start.filter((_, i) => isBad(i)).length;

  it('draws every point of the path by its epoch, every search by what it found, and the end', () => {
    const [pieces, points, marks] = rowsOf(minefieldMap(minefield)).map(([columns]) => columns);
    expect(pieces?.['x']).toEqual(path.x.map((value) => Number(value.toPrecision(4))));
    expect(points?.['epoch']).toEqual(path.step.map((step) => step / 4));
    expect(points?.['test']).toEqual(path.testAccuracy.map((value) => Number(value.toPrecision(4))));
    const [kinds, xs] = [marks?.['kind'], marks?.['x']] as [string[], number[]];
    expect(kinds.slice(0, -1).map((kind) => kind === 'bad minimum')).toEqual(
      minima.start.map((_, i) => isBad(i)),
    );
    expect(kinds.at(-1)).toBe('end of training');
    expect(xs.at(-1)).toBe(Number(path.x.at(-1)?.toPrecision(4)));
  });

  it('counts in words what it draws, lost searches too', () => {
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(minima.start.length);
    const {description} = minefieldMap(minefield);
    expect(description).toContain(`Of 23 searches from points on it, ${found} found a bad minimum`);
    expect(description).toContain('1 diverged');
    expect(minefieldMap(minefield, {trainAccuracy: 1, testAccuracy: 0}).description).toContain(
      '0 found a bad minimum',
    );
  });

  it('refuses a record without a path', () => {
    const none = {step: [], trainLoss: [], trainAccuracy: [], testAccuracy: [], x: [], y: []};
    const empty = {...minefield, data: {...minefield.data, path: none}};
    expect(() => minefieldMap(empty)).toThrow(/minefieldMap: expected at least one point of the path, got 0/);
  });
});
