import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

const passed = {status: 'passed'};
const failed = {status: 'failed'};
const skipped = {status: 'skipped'};
const step = (outcome: boolean): {passed: boolean} => ({passed: outcome});

describe('the tally of continuous integration', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'minefield-tally-'));
  });
  afterEach(() => rmSync(folder, {recursive: true}));

  /** Last line and exit code for these reports; an undefined report is a file that was never written. */
  function tally(
    tests: unknown,
    testExit: number,
    checks: unknown,
    checkExit: number,
  ): [string | undefined, unknown] {
    const paths = [
      ['tests.json', tests],
      ['checks.json', checks],
    ].map(([name, report]) => {
      const path = join(folder, String(name));
      if (report !== undefined) writeFileSync(path, JSON.stringify(report));
      return path;
    });
    const {stdout, status} = spawnSync(
      process.execPath,
      [
        join(import.meta.dirname, 'tally.mjs'),
        paths[0] ?? '',
        String(testExit),
        paths[1] ?? '',
        String(checkExit),
      ],
      {encoding: 'utf8'},
    );
    return [stdout.trimEnd().split('\n').at(-1), status];
  }

  it('adds tests and checks', () => {
    const tests = {testResults: [{status: 'passed', assertionResults: [passed, passed]}]};
    expect(tally(tests, 0, {steps: [step(true)]}, 0)).toEqual(['3 passed, 0 failed', 0]);
  });

  it('tells what was skipped, and fails for one failure of either kind', () => {
    const tests = {testResults: [{status: 'failed', assertionResults: [passed, failed, skipped]}]};
    expect(tally(tests, 1, {steps: [step(true), step(false)]}, 1)).toEqual([
      '2 passed, 2 failed, 1 skipped',
      1,
    ]);
  });

  it('counts a test file that could not be loaded', () => {
    const tests = {testResults: [{status: 'failed', assertionResults: []}]};
    expect(tally(tests, 1, {steps: [step(true)]}, 0)).toEqual(['1 passed, 1 failed', 1]);
  });

  it('counts a command that failed before it wrote its report, or beside its tests', () => {
    const tests = {testResults: [{status: 'passed', assertionResults: [passed]}]};
    expect(tally(tests, 1, undefined, 1)).toEqual(['1 passed, 2 failed', 1]);
  });
});
