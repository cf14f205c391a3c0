import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, afterEach, describe, expect, it} from 'vitest';
import {expandSpec} from '../jobs/expand.ts';
import type {Task} from '../jobs/task.ts';
import {portable} from '../testing/portable.ts';
import {tinySpec} from '../testing/tiny-spec.ts';
import type {Executor} from './executor.ts';
import {processPool} from './process-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-pool-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

let pool: Executor;
afterEach(() => pool.close());

/** A training of so many steps of one network. */
function training(steps: number, seed = 1): Task {
  const spec = {...tinySpec, seeds: [seed], recipe: {...tinySpec.recipe, steps}};
  const [job] = expandSpec(spec, portable).filter(({kind}) => kind === 'run');
  return {kind: 'train', jobs: job?.kind === 'run' ? [job] : []};
}

/** Process ids of the workers that are alive. */
function workers(): number[] {
  const {stdout} = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'tinypool|execute/worker|entry-'], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter(Boolean).map(Number);
}

/** Kills the next worker that is none of these, as soon as it is there. */
async function killNext(before: readonly number[]): Promise<number> {
  for (;;) {
    const fresh = workers().find((pid) => !before.includes(pid));
    if (fresh !== undefined) {
      process.kill(fresh, 'SIGKILL');
      return fresh;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A module for workers to run. @returns its address */
function entry(name: string, code: string): URL {
  const file = join(folder, `entry-${name}.mjs`);
  writeFileSync(file, code);
  return pathToFileURL(file);
}

/** Workers that answer with the seed. */
function echo(): URL {
  return entry(
    'echo',
    `process.on('message', ({task}) => setTimeout(() => process.send({results: [task.jobs[0].seed]}), 50));`,
  );
}

describe.skipIf(process.platform === 'win32')('a worker process that dies', () => {
  it('while it starts in place of another one that was killed is replaced in its turn', async () => {
    pool = processPool({workers: 1, ...portable});
    const notes: string[] = [];
    let killed: Promise<unknown> | undefined;
    const results = await pool.execute(training(2000), {
      onProgress: () => (killed ??= killNext([]).then((first) => killNext([first]))),
      onNote: ({text}) => notes.push(text),
    });
    await killed;
    expect(results).toHaveLength(1);
    expect(notes).toEqual(['begins again: its worker died', 'begins again: its worker died']);
  });

  it('three times as it starts fails its task alone, in words', async () => {
    const lives = entry(
      'mortal',
      `process.on('message', ({task}) => {
      if (task.jobs[0].seed === 1) process.exit(1);
      else process.send({results: [task.jobs[0].seed]});
    });`,
    );
    pool = processPool({workers: 2, ...portable, entry: lives});
    const notes: string[] = [];
    const [first, ...others] = await Promise.allSettled([
      pool.execute(training(1, 1), {onNote: ({text}) => notes.push(text)}),
      ...[2, 3, 4].map((seed) => pool.execute(training(1, seed))),
    ]);
    expect(first).toMatchObject({
      status: 'rejected',
      reason: expect.objectContaining({message: expect.stringContaining('the worker process died 3 times')}),
    });
    expect(others.map((other) => other.status === 'fulfilled' && other.value)).toEqual([[2], [3], [4]]);
    expect(notes).toHaveLength(2);
  });

  it('before it can take any task fails each of them, with its exit code', async () => {
    pool = processPool({workers: 2, ...portable, entry: entry('dead', 'process.exit(7);')});
    const tasks = await Promise.allSettled([1, 2, 3].map((seed) => pool.execute(training(1, seed))));
    for (const task of tasks) {
      expect(task).toMatchObject({
        reason: {message: expect.stringContaining('the worker process died 3 times (exit code 7)')},
      });
    }
    expect(workers()).toEqual([]);
  });

  it('or cannot be started at all fails its task with the reason, and the pool goes on', async () => {
    pool = processPool({workers: 1, ...portable, entry: echo()});
    const {execPath} = process;
    process.execPath = join(folder, 'nothing');
    const failed = pool.execute(training(1)).finally(() => (process.execPath = execPath));
    await expect(failed).rejects.toThrow(/the worker process died 3 times \(spawn .*nothing ENOENT\)/);
    expect(await pool.execute(training(1, 5))).toEqual([5]);
  });

  it('while it has nothing to do is missed by nobody', async () => {
    pool = processPool({workers: 1, ...portable});
    await pool.execute(training(1));
    await killNext([]);
    expect(await pool.execute(training(1))).toHaveLength(1);
  });
});

describe.skipIf(process.platform === 'win32')('a pool', () => {
  it('starts no process before a task comes, and never more than there are tasks at once', async () => {
    pool = processPool({workers: 40, ...portable, entry: echo()});
    expect(workers()).toEqual([]);
    await Promise.all([1, 2, 3].map((seed) => pool.execute(training(1, seed))));
    for (const seed of [4, 5, 6]) await pool.execute(training(1, seed));
    expect(workers()).toHaveLength(3);
  });

  it('fails a task whose data are not there in words that name their file, and goes on', async () => {
    const notes: string[] = [];
    const files = {svhn: {path: join(folder, 'gone.mat')}};
    pool = processPool({workers: 1, ...portable, files});
    for (const seed of [1, 2]) {
      const task = pool.execute(training(1, seed), {onNote: ({text}) => notes.push(text)});
      await expect(task).rejects.toThrow('gone.mat');
    }
    expect(notes).toEqual([]);
  });

  it('does more tasks than it has processes one after the other', async () => {
    pool = processPool({workers: 2, ...portable, entry: echo()});
    const seeds = [1, 2, 3, 4, 5, 6, 7];
    const found = await Promise.all(seeds.map((seed) => pool.execute(training(1, seed))));
    expect(found).toEqual(seeds.map((seed) => [seed]));
    expect(workers()).toHaveLength(2);
  });

  it('cancels a task by ending its process, whether it works, waits or has not begun', async () => {
    pool = processPool({
      workers: 1,
      ...portable,
      entry: entry('deaf', `process.on('message', () => { for (;;); });`),
    });
    const [works, waits] = [new AbortController(), new AbortController()];
    const working = pool.execute(training(1), {signal: works.signal});
    const waiting = pool.execute(training(1), {signal: waits.signal});
    await expect.poll(() => workers().length).toBe(1);
    waits.abort(new Error('waited'));
    works.abort(new Error('worked'));
    await expect(working).rejects.toThrow('worked');
    await expect(waiting).rejects.toThrow('waited');
    expect(workers()).toEqual([]);
    await expect(pool.execute(training(1), {signal: works.signal})).rejects.toThrow('worked');
    expect(workers()).toEqual([]);
  });

  it('that is closed leaves no process, fails what it was doing, and takes nothing more', async () => {
    pool = processPool({
      workers: 1,
      ...portable,
      entry: entry('deaf', `process.on('message', () => { for (;;); });`),
    });
    const tasks = Promise.allSettled([pool.execute(training(1)), pool.execute(training(1))]);
    await expect.poll(() => workers().length).toBe(1);
    await pool.close();
    expect(workers()).toEqual([]);
    for (const task of [...(await tasks), ...(await Promise.allSettled([pool.execute(training(1))]))]) {
      expect(task).toMatchObject({
        status: 'rejected',
        reason: expect.objectContaining({message: expect.stringContaining('the pool is closed')}),
      });
    }
  });
});
