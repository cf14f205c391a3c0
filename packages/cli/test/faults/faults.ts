import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Command, pause, send, until} from './command.ts';
import {type FaultKind, ended} from './fault.ts';
import type {Ground} from './ground.ts';
import {localFaultKinds} from './local-faults.ts';
import {queueFaults} from './queue-faults.ts';

/** Of a queue's workers: the process that takes jobs, or the one that works, by turns. */
const killedWorkers: FaultKind = async (ground, count) => {
  const {url} = await ground.redis();
  const folder = ground.newFolder();
  const workers = [ground.worker(url), ground.worker(url)];
  const sweep = ground.run(folder, ['--queue', url]);
  let faults = 0;
  for (; faults < count; faults++) {
    const index = faults % workers.length;
    await until('a worker works', () => ended(sweep) || (workers[index]?.said().includes('taken:') ?? false));
    await pause(ground.instant(600));
    const worker = workers[index];
    if (worker === undefined || ended(sweep)) break;
    const [inner] = worker.children();
    if (faults % 3 === 2 && inner !== undefined) send(inner, 'SIGKILL');
    else {
      worker.child.kill('SIGKILL');
      await worker.ended;
      workers[index] = ground.worker(url);
    }
  }
  await endWell(ground, sweep, folder, ['--queue', url]);
  await stop(workers);
  return {faults, folders: [folder]};
};

/** Of the sweep that enqueues and collects. */
const killedEnqueuer: FaultKind = async (ground, count) => {
  const {url} = await ground.redis();
  const folder = ground.newFolder();
  const workers = [ground.worker(url)];
  for (let kill = 0; kill < count; kill++) {
    const sweep = ground.run(folder, ['--queue', url]);
    await until('the sweep is planned', () => ended(sweep) || sweep.said().includes('jobs'));
    await pause(ground.instant(800));
    sweep.child.kill('SIGKILL');
    await sweep.ended;
  }
  await ground.finish(folder, ['--queue', url]);
  await stop(workers);
  return {faults: count, folders: [folder]};
};

const killedRedis =
  (persistent: boolean): FaultKind =>
  async (ground, count) => {
    const server = await ground.redis(persistent);
    const folder = ground.newFolder();
    const workers = [ground.worker(server.url), ground.worker(server.url)];
    // One that has not found its Redis yet would be right to give up.
    await until('both workers are there', () =>
      workers.every((worker) => worker.said().includes('worker at')),
    );
    const sweep = ground.run(folder, ['--queue', server.url]);
    let faults = 0;
    for (; faults < count && !ended(sweep); faults++) {
      await until(
        'a worker works',
        () => ended(sweep) || workers.some((worker) => worker.said().includes('taken:')),
      );
      await pause(ground.instant(600));
      await server.kill();
      await pause(ground.instant(300));
      await server.start();
    }
    await endWell(ground, sweep, folder, ['--queue', server.url]);
    await stop(workers);
    return {faults, folders: [folder]};
  };

/** A worker is frozen until its job was done by another one, and then goes on. */
const frozenWorker: FaultKind = async (ground, count) => {
  const server = await ground.redis();
  const {url} = server;
  const folders: string[] = [];
  // Each takes a sweep, and the wait until the lock of the frozen worker is over: a third as many tell as much.
  const freezes = Math.ceil(count / 3);
  for (let freeze = 0; freeze < freezes; freeze++) {
    const folder = ground.newFolder();
    folders.push(folder);
    const frozen = ground.worker(url);
    const sweep = ground.run(folder, ['--queue', url]);
    await until('the worker works', () => frozen.said().includes('taken:'));
    await pause(ground.instant(200));
    frozen.signalAll('SIGSTOP');
    const other = ground.worker(url);
    await endWell(ground, sweep, folder, ['--queue', url]);
    frozen.signalAll('SIGCONT');
    // Time to come forward with what it has.
    await pause(1500);
    await stop([frozen, other]);
    // What was late must not be taken for an answer to a sweep that asks anew.
    await server.ask('FLUSHALL');
  }
  return {faults: freezes, folders};
};

/** Records go to a disk that fills up, and is given room again. */
const fullDisk: FaultKind = async (ground, count) => {
  const disk = join(ground.root, 'disk');
  mkdirSync(disk, {recursive: true});
  if (process.getuid?.() !== 0) return null;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  if (mounted.status !== 0) return null;
  try {
    const folder = join(disk, 'out');
    const filler = join(disk, 'filler');
    for (let round = 0; round < count; round++) {
      // A little is free, so that it is not always the first file that meets the end of the disk.
      execFileSync('sh', ['-c', 'head -c 2m /dev/zero > "$1" || true', 'sh', filler], {
        stdio: 'ignore',
      });
      truncateSync(filler, Math.max(0, sizeOf(filler) - 4096 * Math.floor(ground.instant(12))));
      const {code, notes} = await ground.run(folder, ['--workers', '1']).ended;
      if (code === 0) break;
      if (code !== 2 || !notes.includes('the disk is full')) {
        throw new Error(`a full disk ended the sweep with exit code ${code}: ${notes}`);
      }
      rmSync(filler);
    }
    rmSync(filler, {force: true});
    await ground.finish(folder, ['--workers', '1']);
    const kept = ground.newFolder();
    execFileSync('cp', ['-r', folder, kept]);
    return {faults: count, folders: [kept]};
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
};

/** Records and checkpoints are cut short, or have a bit flipped. */
const damagedFiles: FaultKind = async (ground, count) => {
  const folder = ground.newFolder();
  await ground.finish(folder, ['--workers', '1']);
  let faults = 0;
  while (faults < count) {
    const kinds = ['run', 'basin', 'margin', 'checkpoints'];
    for (const kind of kinds) {
      const files = readdirSync(join(folder, 'faults', kind));
      const file = join(folder, 'faults', kind, files[ground.random.integer(files.length)] ?? '');
      const bytes = readFileSync(file);
      const at = ground.random.integer(bytes.length);
      if (ground.random.integer(2) === 0) truncateSync(file, at);
      else {
        // In a record, a flipped bit may give another valid number: the keys are sure to be missed.
        const place = kind === 'checkpoints' ? at : bytes.indexOf('"identity"') + 3;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << ground.random.integer(4));
        writeFileSync(file, bytes);
      }
      faults += 1;
    }
    await ground.finish(folder, ['--workers', '1']);
  }
  return {faults, folders: [folder]};
};

/** Two sweeps of the same experiment, each into a folder of its own; one is killed and comes back. */
const twoEnqueuers: FaultKind = async (ground, count) => {
  const {url} = await ground.redis();
  const [first, second] = [ground.newFolder(), ground.newFolder()];
  const workers = [ground.worker(url), ground.worker(url)];
  const sweep = ground.run(first, ['--queue', url]);
  for (let kill = 0; kill < count; kill++) {
    const other = ground.run(second, ['--queue', url]);
    await until('the other sweep is planned', () => ended(other) || other.said().includes('jobs'));
    await pause(ground.instant(800));
    other.child.kill('SIGKILL');
    await other.ended;
  }
  await Promise.all([
    endWell(ground, sweep, first, ['--queue', url]),
    ground.finish(second, ['--queue', url]),
  ]);
  await stop(workers);
  return {faults: count, folders: [first, second]};
};

/** The clocks of a worker and of the sweep are wrong by a day, to either side. */
const skewedClocks: FaultKind = async (ground, count) => {
  const {url} = await ground.redis();
  const folder = ground.newFolder();
  const preload = `--import=${new URL('./skewed-clock.ts', import.meta.url).href}`;
  const skewed = (milliseconds: number): NodeJS.ProcessEnv => ({
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${preload}`.trim(),
    MINEFIELD_TEST_CLOCK: String(milliseconds),
  });
  const DAY = 86_400_000;
  const workers = [ground.worker(url, [], skewed(DAY)), ground.worker(url, [], skewed(-DAY))];
  for (let kill = 1; kill < count; kill++) {
    const sweep = ground.run(folder, ['--queue', url], skewed(DAY * (ground.random.integer(3) - 1)));
    await until('the sweep is planned', () => ended(sweep) || sweep.said().includes('jobs'));
    await pause(ground.instant(600));
    sweep.child.kill('SIGKILL');
    await sweep.ended;
  }
  await ground.finish(folder, ['--queue', url], skewed(-DAY));
  await stop(workers);
  return {faults: count, folders: [folder]};
};

export const faultKinds: Readonly<Record<string, FaultKind>> = {
  ...localFaultKinds,
  'workers of a queue killed': killedWorkers,
  'enqueuers killed': killedEnqueuer,
  'Redis killed, with persistence': killedRedis(true),
  'Redis killed, without persistence': killedRedis(false),
  'workers frozen until their job was done by others': frozenWorker,
  'disks full': fullDisk,
  'records and checkpoints damaged': damagedFiles,
  'two enqueuers, one of them killed': twoEnqueuers,
  'clocks wrong by a day': skewedClocks,
  ...queueFaults,
};

/** Waits for a sweep, and repeats it where a fault was too much for it, as a person would. */
async function endWell(
  ground: Ground,
  sweep: Command,
  folder: string,
  flags: readonly string[],
): Promise<void> {
  const {code} = await sweep.ended;
  if (code !== 0) await ground.finish(folder, flags);
}

/** Ends workers in good order. */
async function stop(workers: readonly Command[]): Promise<void> {
  for (const {child} of workers) child.kill('SIGTERM');
  for (const worker of workers) {
    const {code, notes} = await worker.ended;
    if (code !== 0) throw new Error(`a worker that was asked to stop ended with exit code ${code}: ${notes}`);
  }
}

function sizeOf(file: string): number {
  return readFileSync(file).length;
}
