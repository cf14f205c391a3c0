import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {redisPath, type RedisServer} from '../../../.ci/redis-server.ts';
import {type Command, until} from './faults/command.ts';
import {Ground} from './faults/ground.ts';

const ground = new Ground(1);
let server: RedisServer;

const taken = (worker: Command): number => worker.said().split('taken:').length - 1;

describe.skipIf(process.platform === 'win32' || redisPath === null)('three workers of a queue', () => {
  beforeAll(async () => {
    await ground.makeReference();
    server = await ground.redis();
  });

  afterAll(() => ground.clear());

  it('share a sweep, and one that gets SIGTERM in mid task lets go of it for the others', async () => {
    const [first, ...others] = [1, 2, 3].map(() => ground.worker(server.url));
    if (first === undefined) throw new Error('three workers');
    for (const worker of [first, ...others])
      await until('it is there', () => worker.said().includes('1 worker at'));
    const folder = ground.newFolder();
    const sweep = ground.run(folder, ['--queue', server.url]);
    await until('a task is taken', () => taken(first) > 0);
    first.child.kill('SIGTERM');
    const {code, notes} = await first.ended;
    expect(code).toBe(0);
    const task = /handed back: (.*)/.exec(notes)?.[1] ?? 'none';
    expect(notes.split('\n')).toContain(`taken: ${task}`);
    expect((await sweep.ended).code).toBe(0);
    expect(others.some((worker) => worker.said().includes(`done: ${task}`))).toBe(true);
    for (const worker of others) expect(taken(worker)).toBeGreaterThan(0);
    expect(await server.ask('KEYS minefield:*:lock')).toBe('*0\r\n');
    expect(ground.judge(folder)).toEqual({lost: 0, duplicated: 0, differing: 0, stray: []});
    for (const {child} of others) child.kill('SIGTERM');
    for (const {ended} of others) expect((await ended).code).toBe(0);
  });

  it('give their files through a shared folder where they are told of one, and none through Redis', async () => {
    // Outcomes of the sweep before, whose files went through Redis, are kept for a minute.
    await server.ask('FLUSHALL');
    const folder = ground.newFolder();
    const workers = [1, 2].map(() => ground.worker(server.url, ['--store', folder]));
    const {code} = await ground.run(folder, ['--queue', server.url, '--shared']).ended;
    expect(code).toBe(0);
    expect(ground.judge(folder)).toEqual({lost: 0, duplicated: 0, differing: 0, stray: []});
    expect(await server.ask('KEYS minefield:blob:*')).toBe('*0\r\n');
    for (const {child} of workers) child.kill('SIGTERM');
    for (const {ended} of workers) expect((await ended).code).toBe(0);
  });

  it('are refused, with the sweep, by a Redis that throws keys away, and by keys of other programs', async () => {
    const says = async (): Promise<string[]> => {
      const commands = [ground.worker(server.url), ground.run(ground.newFolder(), ['--queue', server.url])];
      const ends = await Promise.all(commands.map(({ended}) => ended));
      for (const {code, notes} of ends) {
        expect(code).toBe(2);
        expect(notes).not.toMatch(/most likely a bug|\n +at /);
      }
      return ends.map(({notes}) => notes);
    };
    await server.ask('CONFIG SET maxmemory-policy allkeys-lru');
    for (const notes of await says()) expect(notes).toContain('got allkeys-lru, which throws tasks and');
    await server.ask('CONFIG SET maxmemory-policy noeviction');
    await server.ask('FLUSHALL');
    await server.ask('SET minefield:peers foreign');
    for (const notes of await says()) expect(notes).toContain('at the key minefield:peers of that Redis');
  });
});
