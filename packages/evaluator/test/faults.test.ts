import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {InputError} from '@minefield/core';
import {afterAll, describe, expect, it} from 'vitest';
import {objectiveFromProcess, type ProcessObjective, type ProcessOptions} from '../src/index.ts';
import {leftRunning} from './left-running.ts';

const root = mkdtempSync(join(tmpdir(), 'minefield-evaluator-'));
afterAll(() => rmSync(root, {recursive: true, force: true}));

const point = Float32Array.of(1, 2);

/** An evaluator with a fault, in a folder of its own. */
function faulty(fault: string, hello: object = {}) {
  const folder = mkdtempSync(join(root, 'case-'));
  const command = [
    process.execPath,
    join(import.meta.dirname, 'fixtures/faults.mjs'),
    folder,
    fault,
    JSON.stringify(hello),
  ];
  const open = (options: ProcessOptions = {}): Promise<ProcessObjective> =>
    objectiveFromProcess(command, {timeoutMs: 30_000, startTimeoutMs: 30_000, ...options});
  return {folder, open};
}

/** The error of work that must fail, in words for its user. */
async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const {message} = error as InputError;
  expect(message).toMatch(/^evaluator\.objectiveFromProcess: expected .+, got .+; /s);
  return message;
}

describe
  .skipIf(process.platform === 'win32')
  .concurrent('an evaluator is refused, and nothing of it is left, when it', () => {
    it.each<[string, RegExp, ProcessOptions?]>([
      ['exits at once', /with exit code 3; .*\. Its last words:\nno module named \[31mtorch\[0m$/s],
      ['says nothing', /the hello of .* within 0\.5 s, got none/, {startTimeoutMs: 500}],
      ['closes its output at once', /got the end of its standard output/],
      ['prints', /got "Loading the model …\\n"; standard output is for the protocol alone/],
      ['speaks another version', /a frame of version 1 .*, got one of version 7/],
      ['announces a huge header', /a header of at most 16777216 bytes, got 2147483648/],
      ['announces a huge payload', /a payload of at most 1073741824 bytes, got 4503599627370496/],
      ['sends no JSON', /a JSON object, nested at most 8 deep, as the header of a frame, got "{\\"a\\""/],
    ])('%s', async (fault, says, options) => {
      const {folder, open} = faulty(fault);
      expect(await failureOf(open(options))).toMatch(says);
      expect(await leftRunning(folder)).toEqual([]);
    });

    it.each<[string, object, RegExp]>([
      ['no hello', {do: 'hi'}, /a hello first, got {"do":"hi"/],
      ['a point of another length', {dimension: 3}, /a point of 12 bytes after the hello, got 8 bytes/],
      ['more parameters than the limit', {dimension: 2 ** 30}, /"dimension" of a hello from 1 to 268435456/],
      ['half a parameter', {dimension: 1.5}, /"dimension" of a hello from 1 to 268435456, got 1\.5/],
      ['a point that is not finite', {point: 'NaN'}, /a finite point in the hello, got NaN at 1/],
      ['no batch', {batch: 0}, /"batch" of a hello from 1 to 65536, got 0/],
      ['a name that is none', {name: 7}, /"name" of a hello to be a text/],
      [
        'examples that it does not count',
        {can: ['examples']},
        /a number of examples in a hello with "examples"/,
      ],
      ['predictions of no classes', {can: ['predictions'], examples: 3}, /a number of classes/],
      ['a layout that is none', {layout: [{name: 'a'}]}, /"layout" of a hello to list/],
      [
        'a layout of other parameters',
        {layout: [{name: 'a', shape: [3], role: 'bias'}]},
        /a layout of 2 parameters in the hello, got one of 3/,
      ],
    ])('says hello with %s', async (_, hello, says) => {
      const {folder, open} = faulty('none', hello);
      expect(await failureOf(open())).toMatch(says);
      expect(await leftRunning(folder)).toEqual([]);
    });

    it('has a layout with a role that there is not', async () => {
      const {folder, open} = faulty('none', {layout: [{name: 'a', shape: [2], role: 'weight'}]});
      await expect(open()).rejects.toThrow(/the role of "a" among kernel, bias, scale, shift/);
      expect(await leftRunning(folder)).toEqual([]);
    });

    it('is not there', async () => {
      expect(await failureOf(objectiveFromProcess(['no-such-program']))).toMatch(
        /got a program that cannot be started \(spawn no-such-program ENOENT\)/,
      );
    });
  });

describe
  .skipIf(process.platform === 'win32')
  .concurrent('an evaluation fails in words, and nothing is left, when the evaluator', () => {
    it.each<[string, RegExp, ProcessOptions?]>([
      ['dies', /an answer of the evaluator, got the end of its process, with exit code 7/],
      ['dies once', /got the end of its process, by SIGKILL/, {restarts: 0}],
      [
        'is another after its end',
        /the same hello of an evaluator that was started again .*, got one with another point/,
      ],
      ['freezes', /an answer to "losses" within 0\.4 s, got none; it was ended/, {timeoutMs: 400}],
      ['prints later', /got "epoch 1"; standard output is for the protocol alone/],
      ['closes its output later', /got the end of its standard output/, {restarts: 0}],
      ['sends too little', /8 bytes in answer to "losses", got 0/],
      ['announces a huge answer', /8 bytes in answer to "losses", got 536870912/],
      ['answers another request', /an answer to request 1, got {"id":2}/],
      ['cancels', /got word that it was cancelled of the evaluator/],
    ])('%s', async (fault, says, options) => {
      const {folder, open} = faulty(fault);
      const objective = await open(options);
      expect(await failureOf(objective.loss(point))).toMatch(says);
      await objective.close();
      expect(await leftRunning(folder)).toEqual([]);
    });

    it('raises an error, which is shown with its trace, and is asked again', async () => {
      const {folder, open} = faulty('raises an error');
      const objective = await open();
      for (let times = 0; times < 2; times++) {
        expect(await failureOf(objective.loss(point))).toMatch(
          /"RuntimeError: no such layer" of the evaluator; correct its program:\nTraceback:\n {2}File "model\.py", line 3$/,
        );
      }
      await objective.close();
      expect(await leftRunning(folder)).toEqual([]);
    });
  });

describe.skipIf(process.platform === 'win32').concurrent('an evaluator goes on', () => {
  it('after a death, of which the asker learns nothing', async () => {
    const {folder, open} = faulty('dies once');
    const objective = await open();
    expect(Array.from(await objective.loss(point))).toEqual([3]);
    expect(Array.from(await objective.loss(Float32Array.of(1, 1, 2, 2)))).toEqual([2, 4]);
    await objective.close();
    expect(await leftRunning(folder)).toEqual([]);
  });

  it('after deaths between requests, as often as is allowed', async () => {
    const {folder, open} = faulty('dies between requests');
    const objective = await open({restarts: 2});
    for (let times = 0; times < 4; times++) {
      expect(Array.from(await objective.loss(point))).toEqual([3]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await objective.close();
    expect(await leftRunning(folder)).toEqual([]);
  });

  it('after a slow start', async () => {
    const {folder, open} = faulty('starts slowly');
    const objective = await open();
    expect(Array.from(objective.anchor)).toEqual([1, 2]);
    await objective.close();
    expect(await leftRunning(folder)).toEqual([]);
  });

  it('and hands over a loss that is no number as it is', async () => {
    const {open} = faulty('has no number');
    await using objective = await open();
    expect(Array.from(await objective.loss(point))).toEqual([Number.NaN]);
  });

  it('after a frame that nobody asked for, in a new process', async () => {
    const {folder, open} = faulty('prints unasked');
    const objective = await open();
    for (let times = 0; times < 3; times++) {
      expect(Array.from(await objective.loss(point))).toEqual([3]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await objective.close();
    expect(await leftRunning(folder)).toEqual([]);
  });

  it('after a request that is given up: at once, and the next one gets its own answer', async () => {
    const {folder, open} = faulty('takes its time');
    const objective = await open();
    const controller = new AbortController();
    const given = objective.loss(point, {signal: controller.signal});
    await expect.poll(() => existsSync(join(folder, 'asked'))).toBe(true);
    controller.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    // Until now there was no answer that one could have waited for.
    writeFileSync(join(folder, 'enough'), '');
    expect(Array.from(await objective.loss(Float32Array.of(5, 5)))).toEqual([10]);
    await objective.close();
    expect(await leftRunning(folder)).toEqual([]);
  });

  it('no longer once it is closed, or was never to start', async () => {
    const {folder, open} = faulty('none');
    const objective = await open();
    await objective.close();
    await objective.close();
    expect(await failureOf(objective.loss(point))).toMatch(/an open evaluator, got one that was closed/);
    const silent = faulty('says nothing');
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 100);
    await expect(silent.open({signal: controller.signal})).rejects.toThrow('enough');
    expect(await leftRunning(folder)).toEqual([]);
    expect(await leftRunning(silent.folder)).toEqual([]);
  });
});
