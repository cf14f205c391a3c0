import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import * as z from 'zod';
import {experiments} from './catalog/catalog.ts';
import {circlesProfiles} from './catalog/circles.ts';
import {functionsProfiles} from './catalog/since.ts';
import {houseNumbersProfiles} from './catalog/house-numbers.ts';
import {minefieldProfiles} from './catalog/minefield.ts';
import {toyProfiles} from './catalog/toy.ts';
import {experimentSpecSchema} from './experiment-spec.ts';
import {InvalidSpecError, parseSpec} from './parse-spec.ts';

const copy = (): Record<string, unknown> =>
  structuredClone(toyProfiles.quick) as unknown as Record<string, unknown>;

const range = (length: number): number[] => Array.from({length}, (_, i) => i);

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

  it('takes perceptrons of any activation, with biases or without, and no analysis of ReLUs of a smooth one', () => {
    const {model, analyses} = toyProfiles.quick;
    const wide = {...copy(), model: {...model, activation: 'tanh', bias: false}};
    expect(parseSpec(wide, 'x').model).toEqual({...model, activation: 'tanh', bias: false});
    expect(() => parseSpec({...wide, model: {...model, activation: 'tahn'}}, 'x')).toThrow(
      /model\.activation: expected "relu" or "leaky-relu" or "tanh" .*, got "tahn"/,
    );
    const {units} = experiments.units?.['full']?.analyses ?? {};
    const measured = (activation: string) => ({
      ...copy(),
      model: {...model, activation},
      analyses: {...analyses, units: {...units, poisonFactors: toyProfiles.quick.poisonFactors, seeds: [1]}},
    });
    expect(() => parseSpec(measured('leaky-relu'), 'x')).not.toThrow();
    expect(() => parseSpec(measured('gelu'), 'x')).toThrow(
      'analyses.units: expected no such analysis of a network with gelu',
    );
  });

  it('takes a recipe without poison for clean training alone', () => {
    const {poisonPoints: _, ...recipe} = toyProfiles.quick.recipe;
    const clean = {...copy(), recipe, poisonFactors: [0], analyses: {}};
    expect(parseSpec(clean, 'x').recipe).toEqual(recipe);
    expect(() => parseSpec({...clean, poisonFactors: [0, 0.8]}, 'x')).toThrow(
      'recipe.poisonPoints: expected how many poison examples a step has, for a poison factor of 0.8, got none',
    );
    expect(() =>
      parseSpec({...clean, recipe: {...recipe, poisonPoints: 0}, poisonFactors: [0, 0.8]}, 'x'),
    ).toThrow(
      'recipe.poisonPoints: expected how many poison examples a step has, for a poison factor of 0.8, got 0',
    );
    const search = minefieldProfiles.quick.analyses.search;
    const {poisonPoints: __, ...searching} = search?.recipe ?? {};
    const searched = {
      ...minefieldProfiles.quick,
      analyses: {search: {...search, recipe: searching}},
    };
    expect(() => parseSpec(searched, 'x')).toThrow(
      /analyses\.search\.recipe\.poisonPoints: expected how many/,
    );
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
    const functions = functionsProfiles.full;
    expect(() => parseSpec({...functions, dataset: {...functions.dataset, test: 7}}, 'x')).toThrow(
      'analyses.guess.functionExamples: expected at most the 7 test examples that there are, got 8',
    );
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
    const line = {...toyProfiles.quick.analyses.line, smallest: 0.3};
    expect(() => parseSpec({...copy(), analyses: {...analyses, connectivity, line}}, 'x')).toThrow(
      'analyses.line.smallest: expected less than analyses.line.maximum, 0.3, got 0.3',
    );
    const {margin, alternatives} = circlesProfiles.full.analyses;
    const around = (more: object) => () =>
      parseSpec(
        {
          ...circlesProfiles.full,
          analyses: {margin, alternatives: {...alternatives, margin: {...alternatives?.margin, ...more}}},
        },
        'x',
      );
    expect(around({})).not.toThrow();
    expect(around({examples: 5})).toThrow('analyses.alternatives.margin.examples: expected none');
    const otherwise = {
      ...cpu,
      analyses: {alternatives: {...alternatives, margin: {angles: 8, maximum: 1}}},
    };
    expect(() => parseSpec(otherwise, 'x')).toThrow(
      'analyses.alternatives.margin: expected maximumSteps and refinements for pictures',
    );
    const guess = {...functions.analyses.guess, fitted: [3, 2]};
    expect(() => parseSpec({...functions, analyses: {guess}}, 'x')).toThrow(
      'analyses.guess.fitted: expected rising numbers',
    );
    const matched = {...toyProfiles.full.analyses.matched, poisonFactors: [0]};
    expect(() => parseSpec({...copy(), analyses: {...analyses, connectivity, matched}}, 'x')).toThrow(
      'analyses.matched.poisonFactors: expected poisoned levels alone, got 0',
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

  it('bounds every count, list and text, so that no spec asks for more than a machine has', () => {
    const unbounded: string[] = [];
    visit(z.toJSONSchema(experimentSpecSchema, {unrepresentable: 'any'}), '');
    // A seed is a name: the largest costs what the smallest does.
    expect(unbounded.filter((path) => !path.endsWith('.seeds.items'))).toEqual([]);

    function visit(schema: unknown, path: string): void {
      if (typeof schema !== 'object' || schema === null) return;
      const {
        type,
        maximum,
        maxItems,
        maxLength,
        pattern,
        const: literal,
        enum: words,
      } = schema as Record<string, unknown>;
      const free = literal === undefined && words === undefined;
      if (type === 'integer' && !(typeof maximum === 'number' && maximum <= 1e9) && free)
        unbounded.push(path);
      if (type === 'array' && maxItems === undefined) unbounded.push(path);
      if (type === 'string' && maxLength === undefined && pattern === undefined && free) unbounded.push(path);
      for (const [key, inner] of Object.entries(schema)) visit(inner, `${path}.${key}`);
    }
  });

  const {quick} = toyProfiles;
  const pictures = houseNumbersProfiles.cpu;
  const {recipe} = quick;
  const llc = {chains: 4, burnIn: 0, draws: 1000, stepSize: 1, localization: 1, blocks: 1};
  it.each<[string, unknown, string]>([
    [
      '150 million points',
      {...quick, dataset: {...quick.dataset, train: 150_000_000}},
      'dataset.train: expected at most 1000000, got 150000000',
    ],
    [
      '1e15 points',
      {...quick, dataset: {...quick.dataset, train: 1e15}},
      'dataset.train: expected at most 1000000',
    ],
    [
      'a million large pictures',
      {...pictures, dataset: {...pictures.dataset, train: 1_000_000, size: 512}},
      'dataset: expected at most 268435456 values in all pictures, got',
    ],
    [
      'a layer of 1e9 units',
      {...quick, model: {name: 'mlp', hidden: [1e9]}},
      'model.hidden[0]: expected at most 65536',
    ],
    [
      'two layers of 65,536',
      {...quick, model: {name: 'mlp', hidden: [65_536, 65_536]}},
      'model: expected at most 100000000 parameters, about, got 4295098368',
    ],
    [
      'convolutions as wide',
      {...pictures, model: {name: 'conv-net', widths: [65_536, 65_536]}},
      'model: expected at most 100000000 parameters',
    ],
    [
      'a residual network as deep',
      {...pictures, model: {name: 'res-net', depth: 998, widths: [512]}},
      'model: expected at most 100000000 parameters',
    ],
    [
      'a million runs',
      {...quick, seeds: range(1000), poisonFactors: range(1000)},
      'seeds: expected at most 10000 runs',
    ],
    ['a million seeds', {...quick, seeds: range(1_000_000)}, 'seeds: expected at most 10000 entries'],
    [
      'data of many seeds',
      {...quick, dataset: {...quick.dataset, train: 1_000_000}, seeds: range(100)},
      'seeds: expected at most 20000000 examples of all seeds, got 101020000',
    ],
    ['1e15 steps', {...quick, recipe: {...recipe, steps: 1e15}}, 'recipe.steps: expected at most 1000000000'],
    [
      'a curve of 1e9 points',
      {...quick, recipe: {...recipe, steps: 1e9, evaluateEvery: 1}},
      'recipe: expected at most 100000 evaluations',
    ],
    [
      'chains without end',
      {...quick, analyses: {llc: {...llc, draws: 1_000_000, chains: 1000}}},
      'analyses.llc: expected at most 10000000 draws in all chains',
    ],
  ])('refuses %s, in words', (_, spec, says) => {
    expect(() => parseSpec(spec, 'x')).toThrow(says);
  });

  it.each<[string, unknown]>([
    ['learningRate', null],
    ['learningRate', 0],
    ['learningRate', -1],
    ['learningRate', Number.NaN],
    ['learningRate', Infinity],
    ['clipNorm', -1],
    ['clipNorm', 0],
    ['clipNorm', null],
    ['clipNorm', Number.NaN],
    ['clipNorm', Infinity],
    ['weightDecay', -1],
    ['weightDecay', null],
    ['weightDecay', Number.NaN],
    ['weightDecay', Infinity],
    ['steps', 0],
    ['steps', 1.5],
    ['steps', Number.NaN],
    ['warmupSteps', -1],
    ['batchSize', 0],
    ['poisonPoints', -1],
    ['poisonPoints', null],
    ['evaluateEvery', 0],
    ['statisticsExamples', 0],
    ['schedule', {name: 'step', factor: -1, at: [0.5]}],
    ['schedule', {name: 'step', factor: 0.1, at: [Number.NaN]}],
    ['optimizer', {name: 'adam', epsilon: -1}],
    ['optimizer', {name: 'sgd', momentum: Number.NaN}],
    ['optimizer', {name: 'rmsprop', decay: 2}],
    ['target', {trainAccuracy: Number.NaN}],
    ['target', {trainAccuracy: 0.5, trainLoss: -1}],
  ])('refuses a recipe whose %s is %o, and names it', (key, value) => {
    expect(() => parseSpec({...quick, recipe: {...recipe, [key]: value}}, 'x')).toThrow(
      new RegExp(
        `^spec.parseSpec: expected an experiment spec in x, got 1 problem:\n  recipe\\.${key}[^\n]*: `,
      ),
    );
  });

  it('refuses values that are no spec at all, without crashing on any of them', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parseSpec(value, 'x')).toThrow('expected an experiment spec in x');
      }),
    );
  });

  it('quotes the beginning of what is long, and nothing that steers a terminal', () => {
    const spec = {...copy(), ['k'.repeat(100_000)]: 0, '\u001b[2J\r\n\ud800': 0};
    const message = refusalOf(spec);
    expect(message.split('\n').slice(1)).toEqual([
      `  ${'k'.repeat(399)}…`,
      '  \\u001b[2J\\u000d\\u000a\\ud800: unknown key; check its spelling',
    ]);
  });

  it('refuses a name that would leave the results folder', () => {
    for (const experiment of ['../toy', '/etc', 'a/b', '', 'A', '.hidden']) {
      expect(() => parseSpec({...copy(), experiment}, 'x')).toThrow('experiment:');
    }
  });
});

function refusalOf(value: unknown): string {
  try {
    parseSpec(value, 'x');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected a refusal');
}
