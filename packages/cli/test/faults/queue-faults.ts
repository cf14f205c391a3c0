import type {RedisServer} from '../../../../.ci/redis-server.ts';
import {type Command, pause, send, until} from './command.ts';
import type {Ground} from './ground.ts';

/** So long a sweep of seconds may take, however often it is broken; afterwards it hangs. */
const HUNG_MS = 180_000;

/** Workers that a sweep has: more than two, so that some of them wait while others work. */
const WORKERS = 3;

/** Breaks sweeps by a queue, `count` times, each of which has to end well by itself. */
async function breakSweeps(
  ground: Ground,
  count: number,
  breakOnce: (sweep: Command, workers: Command[], server: RedisServer) => Promise<number>,
) {
  const folders: string[] = [];
  for (let faults = 0; ;) {
    const server = await ground.redis();
    const folder = ground.newFolder();
    folders.push(folder);
    const workers = Array.from({length: WORKERS}, () => ground.worker(server.url));
    const sweep = ground.run(folder, ['--queue', server.url]);
    const before = faults;
    while (faults < count && !ended(sweep)) faults += await breakOnce(sweep, workers, server);
    await endWell(sweep);
    await stop(workers);
    await server.remove();
    if (faults >= count) return {faults, folders};
    if (faults === before) throw new Error('the sweep ended before it could be broken');
  }
}

/** Deletes something of a queue as long as there is work, and waits a moment. @returns faults */
async function deleteOne(
  ground: Ground,
  sweep: Command,
  server: RedisServer,
  isWanted: (key: string) => boolean,
): Promise<number> {
  await pause(ground.instant(400));
  if (ended(sweep)) return 0;
  // The last key of a long answer may be cut short.
  const found = (await server.ask('KEYS minefield:*')).match(/minefield:\S+(?=\r\n)/g) ?? [];
  const wanted = found.filter(isWanted);
  const key = wanted[ground.random.integer(Math.max(1, wanted.length))];
  if (key === undefined) return 0;
  return (await server.ask(`DEL ${key}`)).startsWith(':1') ? 1 : 0;
}

/** Of all that a queue keeps: its tasks, locks, lists and settings, peers, files, snapshots and outcomes. */
const lostKeys = (ground: Ground, count: number) =>
  breakSweeps(ground, count, (sweep, _, server) => deleteOne(ground, sweep, server, () => true));

/** What says which tasks wait, and which are in work. */
const lostLists = (ground: Ground, count: number) =>
  breakSweeps(ground, count, (sweep, _, server) =>
    deleteOne(ground, sweep, server, (key) => /:(wait|active)$/.test(key)),
  );

/** All of the workers, with their processes, and others come. */
const killedTogether = (ground: Ground, count: number) =>
  breakSweeps(ground, count, async (sweep, workers, {url}) => {
    await untilTaken(sweep, workers, 0);
    await pause(ground.instant(400));
    if (ended(sweep)) return 0;
    for (const worker of workers) worker.signalAll('SIGKILL');
    await Promise.all(workers.map((worker) => worker.ended));
    workers.splice(0, workers.length, ...workers.map(() => ground.worker(url)));
    return 1;
  });

/** The process of a worker, and the one that comes in its place, as it starts. */
const killedReplacement = (ground: Ground, count: number) => {
  let taken = 0;
  return breakSweeps(ground, count, async (sweep, workers) => {
    await untilTaken(sweep, workers, taken);
    taken = takenBy(workers);
    const worker = workers.find((each) => each.children().length > 0);
    const [first] = worker?.children() ?? [];
    if (worker === undefined || first === undefined) {
      taken = 0;
      return 0;
    }
    send(first, 'SIGKILL');
    await until(
      'another process is there',
      () => ended(sweep) || worker.children().some((pid) => pid !== first),
    );
    await pause(ground.instant(400));
    const [second] = worker.children();
    if (second === undefined) return 1;
    send(second, 'SIGKILL');
    return 2;
  });
};

export const queueFaults = {
  'keys of a queue deleted': lostKeys,
  'lists of a queue deleted': lostLists,
  'all workers of a queue killed at once': killedTogether,
  'replacements of killed workers of a queue killed as they start': killedReplacement,
} as const;

function ended({child}: Command): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** How many tasks workers have begun. */
function takenBy(workers: readonly Command[]): number {
  return workers.reduce((sum, worker) => sum + worker.said().split('taken:').length - 1, 0);
}

async function untilTaken(sweep: Command, workers: readonly Command[], more: number): Promise<void> {
  await until('a worker works', () => ended(sweep) || takenBy(workers) > more);
}

/** Waits for a sweep, which nobody repeats. */
async function endWell(sweep: Command): Promise<void> {
  const hung = pause(HUNG_MS).then(() => null);
  const result = await Promise.race([sweep.ended, hung]);
  if (result === null) throw new Error(`the sweep hung: ${sweep.said()}`);
  if (result.code !== 0) throw new Error(`the sweep ended with exit code ${result.code}: ${result.notes}`);
}

/** Ends workers in good order. */
async function stop(workers: readonly Command[]): Promise<void> {
  for (const {child} of workers) child.kill('SIGTERM');
  for (const worker of workers) {
    const {code, notes} = await worker.ended;
    if (code !== 0) throw new Error(`a worker that was asked to stop ended with exit code ${code}: ${notes}`);
  }
}
