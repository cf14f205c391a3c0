import type {AnalysisOf} from '@minefield/results';
import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {describe, expect, it} from 'vitest';
import {minefield} from '../test/sample-figures.ts';
import {basinProfiles} from './basin-profiles.ts';
import {connectingPaths} from './connecting-paths.ts';
import {lineScan} from './line-scan.ts';
import {lossSurface} from './loss-surface.ts';
import {minefieldMap} from './minefield-map.ts';
import {NothingToDrawError} from './nothing-to-draw-error.ts';

const run = syntheticRun();
const basin = syntheticAnalysis('basin', run);

/** The error that a call ends in. */
function errorOf(draw: () => unknown): unknown {
  try {
    draw();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error, got none');
}

describe('NothingToDrawError', () => {
  it('is what basins without a cutoff on the loss, or without a profile, end in', () => {
    const cutoffs = basin.data.cutoffs.filter(({kind}) => kind === 'excess');
    const excess: AnalysisOf<'basin'> = {...basin, data: {...basin.data, cutoffs}};
    const bare = {...basin, data: {...basin.data, profiles: {distances: [], losses: []}}};
    expect(errorOf(() => basinProfiles([excess]))).toBeInstanceOf(NothingToDrawError);
    expect(errorOf(() => basinProfiles([bare]))).toBeInstanceOf(NothingToDrawError);
    expect(() => basinProfiles([bare, basin])).not.toThrow();
  });

  it('is not what columns of different lengths end in', () => {
    const other = syntheticAnalysis('connectivity', syntheticRun({poisonFactor: 0.8}));
    const bend = {...other.data.bend, testAccuracy: []};
    const minima = {...minefield.data.minima, testAccuracy: minefield.data.minima.testAccuracy.slice(1)};
    for (const draw of [
      () => connectingPaths({...other, data: {...other.data, bend}}),
      () => minefieldMap({...minefield, data: {...minefield.data, minima}}),
    ]) {
      const error = errorOf(draw);
      expect(error).not.toBeInstanceOf(NothingToDrawError);
      expect(String(error)).toMatch(/figures: expected an element -?\d+ among \d+, got none; parse records/);
    }
  });
});

describe('a scan that overflowed everywhere', () => {
  it('is told as overflow, not as an infinite loss', () => {
    const line = syntheticAnalysis('line', run);
    const data = {...line.data, trainLoss: line.data.trainLoss.map(() => null)};
    expect(lineScan([{...line, data}]).description).toContain('from overflow to overflow');
  });

  it('is told so beside one that did not', () => {
    const surface = syntheticAnalysis('surface', run);
    const data = {...surface.data, trainLoss: surface.data.trainLoss.map(() => null)};
    const {description} = lossSurface([{...surface, data}, surface]);
    expect(description).toContain('Lowest loss of clean (β = 0): overflow; of clean (β = 0): 0.002.');
  });
});
