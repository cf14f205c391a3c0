import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {experiments} from './catalog/catalog.ts';
import {houseNumbersProfiles} from './catalog/house-numbers.ts';
import {toyProfiles} from './catalog/toy.ts';
import {InvalidSpecError, parseSpec} from './parse-spec.ts';

const copy = (): Record<string, unknown> =>
  structuredClone(toyProfiles.quick) as unknown as Record<string, unknown>;

describe('parseSpec', () => {
  it('accepts every built-in experiment, unchanged by a trip through JSON', () => {
    for (const spec of Object.values(experiments).flatMap((profiles) => Object.values(profiles))) {
      expect(parseSpec(JSON.parse(JSON.stringify(spec)), 'test')).toEqual(spec);
    }
  });

  it('names the file and every failing key, unknown ones included', () => {
    const spec = {
      ...copy(),
      poisonFactors: [0, 0.8, 0.4],
      seeds: [1, 1],
      recipe: {...toyProfiles.quick.recipe, steps: -1, learningrate: 1, optimizer: {name: 'adm'}},
      colour: 'red',
    };
    expect(() => parseSpec(spec, 'my.json')).toThrow(InvalidSpecError);
    try {
      parseSpec(spec, 'my.json');
    } catch (error) {
      expect((error as Error).message.split('\n')).toEqual([
        'spec.parseSpec: expected an experiment spec in my.json, got 6 problems:',
        '  recipe.steps: expected at least 1, got -1',
        '  recipe.optimizer.name: expected "adam" or "sgd" or "rmsprop", got "adm"',
        '  recipe.learningrate: unknown key; check its spelling',
        '  poisonFactors: expected rising values',
        '  seeds: expected no value twice',
        '  colour: unknown key; check its spelling',
      ]);
    }
  });

  it('refuses networks and analyses that do not go with the data', () => {
    const {cpu} = houseNumbersProfiles;
    const wrong = {
      ...cpu,
      model: {name: 'mlp', hidden: [3]},
      analyses: {
        ...cpu.analyses,
        boundary: toyProfiles.quick.analyses.boundary,
        margin: {angles: 8, maximum: 1},
      },
    };
    expect(() => parseSpec(wrong, 'x')).toThrow(
      /model\.name: expected conv-net or res-net for pictures, got mlp[\s\S]*analyses\.boundary: expected no such analysis of pictures[\s\S]*analyses\.margin: expected maximumSteps and refinements for pictures/,
    );
    expect(() => parseSpec({...copy(), model: {name: 'conv-net'}}, 'x')).toThrow(
      'expected mlp for points of the plane, got conv-net',
    );
    const overrun = {...cpu, analyses: {...cpu.analyses, predictions: {testExamples: 4001}}};
    expect(() => parseSpec(overrun, 'x')).toThrow('expected at most the 4000 test examples that there are');
    const misspelt = {...toyProfiles.quick.analyses, margin: {angles: 8, maximun: 1}};
    expect(() => parseSpec({...copy(), analyses: misspelt}, 'x')).toThrow(
      /analyses\.margin\.maximum: expected a number, got nothing[^]*analyses\.margin\.maximun: unknown key/,
    );
    const pictured = {...toyProfiles.quick.analyses, predictions: {testExamples: 1, pictures: true}};
    expect(() => parseSpec({...copy(), analyses: pictured}, 'x')).toThrow(
      'analyses.predictions.pictures: expected no such option for points of the plane',
    );
    const {connectivity} = toyProfiles.quick.analyses;
    const analyses = {...toyProfiles.quick.analyses, connectivity: {...connectivity, to: 0.123}};
    expect(() => parseSpec({...copy(), analyses}, 'x')).toThrow(
      'analyses.connectivity.to: expected one of poisonFactors, got 0.123',
    );
  });

  it('refuses an analysis of runs that the sweep has none of, which would make nothing', () => {
    const analyses = {curvature: {iterations: 1, tolerance: 0.1, seeds: [101], poisonFactors: [0.123]}};
    expect(() => parseSpec({...copy(), seeds: [1, 2], analyses}, 'x')).toThrow(
      /analyses\.curvature\.seeds: expected one of the sweep's seeds, 1, 2, got 101: nothing would be made[^]*analyses\.curvature\.poisonFactors/,
    );
    const some = {curvature: {...analyses.curvature, seeds: [2, 101], poisonFactors: [0]}};
    expect(parseSpec({...copy(), seeds: [1, 2], analyses: some}, 'x').seeds).toEqual([1, 2]);
  });

  it('refuses values that are no spec at all, without crashing on any of them', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parseSpec(value, 'x')).toThrow('expected an experiment spec in x');
      }),
    );
  });

  it('refuses a name that would leave the results folder', () => {
    for (const experiment of ['../toy', '/etc', 'a/b', '', 'A', '.hidden']) {
      expect(() => parseSpec({...copy(), experiment}, 'x')).toThrow('experiment:');
    }
  });
});
