import type {AnalysisName} from '@minefield/spec';
import * as fc from 'fast-check';
import {analysisNames} from '@minefield/spec';
import {describe, expect, it} from 'vitest';
import {InvalidRecordError} from './invalid-record-error.ts';
import {parseAnalysisRecord, parseRecord, parseRunRecord} from './parse-record.ts';
import {readRecordText} from './read-record-text.ts';
import {syntheticAnalysis, syntheticRun, syntheticSweep} from './testing/index.ts';

function faultOf(act: () => unknown): InvalidRecordError {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidRecordError) return error;
    throw error;
  }
  throw new Error('expected an InvalidRecordError');
}

/** A deep, mutable copy with one place changed. */
function changed(record: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(record);
  let place = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

function many(count: number): string[] {
  return Array.from({length: count}, () => '');
}

const run = syntheticRun();

describe('parseRecord', () => {
  it('accepts every kind of synthetic record and returns an equal one', () => {
    const records = syntheticSweep({seeds: [1], poisonFactors: [0, 0.8]});
    expect(new Set(records.map((r) => (r.kind === 'analysis' ? r.analysis : r.kind))).size).toBe(
      // An experiment, runs, and every analysis but the two of paths, which follow.
      2 + analysisNames.length - 2,
    );
    for (const record of records) expect(parseRecord(record, 'synthetic')).toEqual(record);
    for (const name of ['search', 'minefield'] as const) {
      expect(parseRecord(syntheticAnalysis(name, run), 'synthetic')).toEqual(syntheticAnalysis(name, run));
    }
    expect(parseRunRecord(syntheticRun({outcome: 'diverged'}), 'synthetic').data.final).toBeNull();
  });

  it('does not change its input', () => {
    const before = structuredClone(run);
    parseRecord(run, 'run');
    expect(run).toEqual(before);
  });

  it('names the source and every failing path', () => {
    let bad = changed(run, ['seed'], '1');
    bad = changed(bad, ['data', 'curves', 'trainLoss', 3], null);
    bad = changed(bad, ['data', 'final', 'testAccuracy'], 1.5);
    bad = changed(bad, ['provenance', 'node'], undefined);
    bad = changed(bad, ['data', 'outcome'], 'done');
    bad = changed(bad, ['dataset', 'lable'], 'x');
    const fault = faultOf(() => parseRecord(bad, 'results/toy/run/x.json'));
    expect(fault.source).toBe('results/toy/run/x.json');
    const byPath = Object.fromEntries(fault.issues.map(({path, message}) => [path, message]));
    expect(byPath).toEqual({
      seed: 'expected a number, got "1"',
      'data.curves.trainLoss[3]': 'expected a number, got null',
      'data.final.testAccuracy': 'expected at most 1, got 1.5',
      'provenance.node': 'expected a string, got nothing',
      'data.outcome': 'expected "completed" or "target-reached" or "diverged", got "done"',
      'dataset.lable': 'unknown key; check its spelling',
    });
    for (const [path, message] of Object.entries(byPath))
      expect(fault.message).toContain(`${path}: ${message}`);
  });

  it('keeps all issues but shows twenty', () => {
    const losses = run.data.curves.trainLoss.map(() => 'x');
    const fault = faultOf(() => parseRecord(changed(run, ['data', 'curves', 'trainLoss'], losses), 'a'));
    expect(fault.issues).toHaveLength(losses.length);
    expect(fault.message).toMatch(/and 21 more$/);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %s', (value) => {
    const fault = faultOf(() => parseRecord(changed(run, ['data', 'curves', 'gradientNorm', 0], value), 'a'));
    expect(fault.message).toContain(`data.curves.gradientNorm[0]: expected a number, got ${value}`);
    const settings = changed(syntheticAnalysis('margin', run), ['settings', 'limit'], value);
    expect(() => parseRecord(settings, 'a')).toThrow(InvalidRecordError);
  });

  it.each([
    [null],
    [undefined],
    [3],
    ['run'],
    [[]],
    [{}],
    [{kind: 'movie'}],
    [{kind: 'analysis', analysis: 'palmistry'}],
  ])('refuses %j, which is no record', (value) => {
    expect(() => parseRecord(value, 'a')).toThrow(InvalidRecordError);
  });

  it.each<[string, unknown]>([
    ['numbers in a list', changed(run, ['data', 'curves', 'step'], many(500_000))],
    [
      'numbers in lists of a list',
      changed(
        syntheticAnalysis('basin', run),
        ['data', 'profiles', 'losses'],
        [many(250_000), many(250_000)],
      ),
    ],
    [
      'versions of packages',
      changed(
        run,
        ['provenance', 'packages'],
        Object.fromEntries(many(200_000).map((_, i) => [`package-${i}`, i])),
      ),
    ],
  ])('looks no further than the first of very many wrong %s', (_, bad) => {
    const {issues} = faultOf(() => parseRecord(bad, 'many'));
    expect(issues).toHaveLength(1);
  });

  it('says which analyses there are', () => {
    const fault = faultOf(() =>
      parseRecord({...syntheticAnalysis('margin', run), analysis: 'palmistry'}, 'a'),
    );
    expect(fault.message).toBe(
      `a is no valid record: analysis: expected ${analysisNames.map((name) => `"${name}"`).join(' or ')}, got "palmistry"`,
    );
  });

  it('tells how to convert a typed array', () => {
    const bad = {...run, data: {...run.data, curves: {...run.data.curves, step: new Float64Array(41)}}};
    expect(faultOf(() => parseRecord(bad, 'a')).message).toContain(
      'data.curves.step: expected an array, got a Float64Array (convert it with Array.from)',
    );
  });

  it('refuses one kind of record where another is asked for', () => {
    expect(faultOf(() => parseAnalysisRecord(run, 'a')).message).toContain('analysis: expected');
  });

  it.each<[string, readonly (string | number)[], unknown, RegExp]>([
    [
      'curves of unequal length',
      ['data', 'curves', 'step'],
      [0],
      /trainLoss: expected 1 entries, as in step, got 41/,
    ],
    [
      'a gap that is not the difference',
      ['data', 'final', 'generalizationGap'],
      0.9,
      /generalizationGap: expected train/,
    ],
    ['a diverged run with metrics', ['data', 'outcome'], 'diverged', /data.final: expected null exactly/],
    [
      'a fresh accuracy of no points',
      ['data', 'final', 'freshPoints'],
      0,
      /freshAccuracy: expected null exactly/,
    ],
    [
      'a checkpoint outside its folder',
      ['data', 'checkpoint', 'file'],
      '../../etc/passwd',
      /data.checkpoint.file/,
    ],
    ['an experiment that is a path', ['experiment'], '../toy', /experiment: expected lower-case/],
    [
      'numerics with half a character',
      ['numerics'],
      'port\ud800able',
      /numerics: expected well-formed Unicode/,
    ],
    [
      'a fingerprint with half a character',
      ['dataset', 'fingerprint'],
      '\udfff',
      /fingerprint: expected well-formed Unicode/,
    ],
    ['a step by half a character', ['algorithmVersions', '\ud800'], 1, /algorithmVersions.*: Invalid key/],
  ])('refuses %s', (_, path, value, message) => {
    expect(faultOf(() => parseRecord(changed(run, path, value), 'a')).message).toMatch(message);
  });

  it.each<[AnalysisName, readonly (string | number)[], unknown, RegExp]>([
    ['boundary', ['data', 'logits'], [1], /data.logits: expected 60 × 60 = 3600 entries, got 1/],
    ['boundary', ['data', 'extent'], [1, 0, 0, 1], /data.extent: expected \[x0, x1, y0, y1\]/],
    ['surface', ['data', 'trainLoss'], [1], /data.trainLoss: expected 41 × 41 = 1681 entries, got 1/],
    ['basin', ['data', 'cutoffs', 0, 'censored'], 7, /censored: expected the number of null radii, 0, got 7/],
    [
      'basin',
      ['data', 'cutoffs', 0, 'applicable'],
      false,
      /radii: expected no radii for an inapplicable cutoff/,
    ],
    ['basin', ['data', 'profiles', 'losses', 2], [1], /data.profiles.losses\[2\]: expected 41 entries/],
    ['line', ['data', 'curvature'], [1], /data.curvature: expected 81 entries, as in distances, got 1/],
    [
      'predictions',
      ['data', 'pictures'],
      {shape: [2, 2, 1], bytes: 'AAAA'},
      /data.pictures.bytes: expected as many bytes/,
    ],
    [
      'predictions',
      ['data', 'pictures'],
      {shape: [2, 2, 2], bytes: 'AAAA'},
      /data.pictures.shape\[2\]: expected 1 or 3/,
    ],
    [
      'predictions',
      ['data', 'pictures'],
      {shape: [2, 2, 1], bytes: 'A?=='},
      /data.pictures.bytes: expected base64/,
    ],
    ['search', ['data', 'start'], [40], /data.outcome: expected 1 entries, as in start, got 24/],
    ['minefield', ['data', 'path', 'x'], [1], /data.path.x: expected 24 entries, as in step, got 1/],
    ['minefield', ['data', 'minima', 'y'], [1], /data.minima.y: expected 23 entries, as in start, got 1/],
  ])('refuses a %s whose parts disagree at %j', (name, path, value, message) => {
    expect(
      faultOf(() => parseRecord(changed(syntheticAnalysis(name, run), path, value), 'a')).message,
    ).toMatch(message);
  });

  it('refuses whatever value another type is put in place of, without crashing', () => {
    const keys = Object.keys(run).filter((key) => key !== 'spec');
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const candidate = changed(run, [key], value);
        try {
          expect(parseRecord(candidate, 'a')).toEqual(JSON.parse(JSON.stringify(candidate)));
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRecordError);
        }
      }),
    );
  });
});

describe('readRecordText', () => {
  it('refuses text that is no JSON, naming the source', () => {
    expect(() => readRecordText('{"kind": "run"', 'x.json')).toThrow(/^x\.json is no valid record: .*JSON/);
  });

  it('refuses a __proto__ key wherever it stands', () => {
    const text = JSON.stringify(run).replace('"recipe":{', '"recipe":{"__proto__":{"polluted":true},');
    expect(text).toContain('__proto__');
    expect(() => readRecordText(text, 'x.json')).toThrow(/expected ordinary keys, got "__proto__"/);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses text longer than its limit before parsing it', () => {
    expect(() => readRecordText(' '.repeat(101), 'x.json', {maximumLength: 100})).toThrow(
      'x.json is no valid record: expected at most 100 characters, got 101',
    );
  });

  it('refuses JSON nested beyond the stack without crashing', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const text = JSON.stringify(run).replace('"recipe":{', `"deep":${deep},"recipe":{`);
    expect(() => readRecordText(text, 'x.json')).toThrow(InvalidRecordError);
    expect(() => readRecordText(text, 'x.json')).toThrow(/: spec\.deep: unknown key; check its spelling$/);
    const hidden = `${'{"a":'.repeat(20_000)}{"\\u005f_proto__":0}${'}'.repeat(20_000)}`;
    expect(() => readRecordText(hidden, 'x.json')).toThrow(/expected ordinary keys, got "__proto__"/);
  });

  it('quotes what steers a terminal as it is written, on one line', () => {
    const text = JSON.stringify({...run, seed: '\u001b[31m', ['\n\u202ekey']: 0});
    expect(() => readRecordText(text, 'x.json')).toThrow(
      'x.json is no valid record:\n  seed: expected a number, got "\\u001b[31m"\n  \\u000a\\u202ekey: unknown key; check its spelling',
    );
    expect(() => readRecordText('{"kind": \u009b}', 'x.json')).toThrow(/^[^\p{Cc}]*\\u009b[^\p{Cc}]*$/u);
  });
});
