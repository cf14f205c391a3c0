/** Faults of sweeps that work on this machine alone. */
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {type Command, pause, send, until} from './command.ts';
import {type FaultKind, ended, untilWorking} from './fault.ts';

/** Of the local pool: the sweep itself and its workers, by turns. */
const killedPool: FaultKind = async (ground, count) => {
  const folder = ground.newFolder();
  let faults = 0;
  while (faults < count) {
    const sweep = ground.run(folder, ['--workers', '2']);
    await untilWorking(sweep, folder);
    await pause(ground.instant(400));
    if (faults % 2 === 1) {
      const [worker] = sweep.children();
      if (worker !== undefined) send(worker, 'SIGKILL');
      faults += 1;
      await pause(ground.instant(400));
    }
    sweep.child.kill('SIGKILL');
    await sweep.ended;
    faults += 1;
  }
  await ground.finish(folder, ['--workers', '2']);
  return {faults, folders: [folder]};
};

/** Of the local pool: a worker, then the one that comes in its place, as it starts; or all of them at once, by turns. */
const killedReplacements: FaultKind = async (ground, count) => {
  const folder = ground.newFolder();
  let faults = 0;
  while (faults < count) {
    const all = faults % 4 >= 2;
    const sweep = ground.run(folder, ['--workers', all ? '3' : '1']);
    await untilWorking(sweep, folder);
    const first = sweep.children();
    for (const worker of first) send(worker, 'SIGKILL');
    await until(
      'another is there',
      () => ended(sweep) || sweep.children().some((pid) => !first.includes(pid)),
    );
    await pause(ground.instant(400));
    for (const worker of sweep.children()) send(worker, 'SIGKILL');
    faults += 2;
    const {code, notes} = await sweep.ended;
    if (code !== 0)
      throw new Error(`two deaths of a task's workers ended the sweep with exit code ${code}: ${notes}`);
    if (faults >= count) break;
    // The next one needs work to be hit in.
    rmSync(join(folder, 'faults'), {recursive: true});
  }
  return {faults, folders: [folder]};
};

/** Of the local pool: all workers in the same instant, once or until their tasks are given up, by turns. */
const killedWorkersAtOnce: FaultKind = async (ground, count) => {
  const folder = ground.newFolder();
  const flags = ['--workers', '3'];
  let faults = 0;
  for (let sweeps = 0; faults < count; sweeps++) {
    const sweep = ground.run(folder, flags);
    const deaths = sweeps % 2 === 0 ? 3 : 1;
    for (let death = 0; death < deaths; death++) {
      await until('its workers are there', () => ended(sweep) || sweep.children().length > 0);
      if (death === 0) await untilWorking(sweep, folder);
      await pause(ground.instant(300));
      const workers = sweep.children();
      if (workers.length === 0) break;
      for (const worker of workers) send(worker, 'SIGKILL');
      faults += 1;
      await until(
        'they are gone',
        () => ended(sweep) || !sweep.children().some((pid) => workers.includes(pid)),
      );
    }
    const {code, notes} = await sweep.ended;
    // Three deaths are one too many for a task: it fails, in words, and the others go on.
    const givenUp = code === 1 && notes.includes('the worker process died 3 times');
    if (code !== 0 && !givenUp) {
      throw new Error(`the death of all workers ended the sweep with exit code ${code}: ${notes}`);
    }
    // The next one needs work to be hit in.
    if (code === 0 && faults < count) rmSync(join(folder, 'faults'), {recursive: true});
  }
  await ground.finish(folder, flags);
  return {faults, folders: [folder]};
};

/** Sent to the sweep, or, as a terminal does, to its workers too, by turns. */
const STOPS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** A sweep is asked to stop, at any instant of its work, and ends in good order. */
const stoppedSweeps: FaultKind = async (ground, count) => {
  const folder = ground.newFolder();
  const flags = ['--workers', '2'];
  let faults = 0;
  while (faults < count) {
    const sweep = ground.run(folder, flags);
    await untilHeard(sweep);
    await pause(ground.instant(500));
    const workers = sweep.children();
    const signal = STOPS[faults % STOPS.length] ?? 'SIGTERM';
    if (faults % 2 === 0) sweep.child.kill(signal);
    else sweep.signalAll(signal);
    faults += 1;
    const {code, out, notes} = await sweep.ended;
    if (code === 0) {
      rmSync(join(folder, 'faults'), {recursive: true});
      continue;
    }
    if (code !== 130 || !notes.includes('stopping; finished jobs are kept') || !isInterrupted(out)) {
      throw new Error(`${signal} ended the sweep with exit code ${code}: ${notes}`);
    }
    await until('its workers are gone', () => workers.every((pid) => !isAlive(pid)));
  }
  await ground.finish(folder, flags);
  return {faults, folders: [folder]};
};

/** Two sweeps of the same experiment in one folder, of which one is killed, or one of its workers, by turns. */
const sharedFolder: FaultKind = async (ground, count) => {
  const folders: string[] = [];
  let faults = 0;
  while (faults < count) {
    const folder = ground.newFolder();
    folders.push(folder);
    const [first, second] = [ground.run(folder, ['--workers', '1']), ground.run(folder, ['--workers', '2'])];
    await untilWorking(second, folder);
    await pause(ground.instant(500));
    const [worker] = second.children();
    if (faults % 2 === 0) second.child.kill('SIGKILL');
    else if (worker !== undefined) send(worker, 'SIGKILL');
    faults += 1;
    await endedWell(first);
    if (faults % 2 === 1) await ground.finish(folder, ['--workers', '2']);
    else await endedWell(second);
  }
  return {faults, folders};
};

/** The clock of a sweep and its workers is set back, and forward again, while they work; then they are asked to stop. */
const steppedClocks: FaultKind = async (ground, count) => {
  const folder = ground.newFolder();
  const flags = ['--workers', '2'];
  const preload = `--import=${new URL('./stepping-clock.ts', import.meta.url).href}`;
  for (let faults = 0; faults < count; faults++) {
    const stepping = {
      NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${preload}`.trim(),
      MINEFIELD_TEST_STEPS: faults % 2 === 0 ? 'back' : 'forward',
    };
    const sweep = ground.run(folder, flags, stepping);
    await untilHeard(sweep);
    await pause(ground.instant(800));
    sweep.child.kill('SIGINT');
    const asked = performance.now();
    const {code, notes} = await sweep.ended;
    if (code !== 130 && code !== 0) throw new Error(`the sweep ended with exit code ${code}: ${notes}`);
    if (performance.now() - asked > 30_000) throw new Error('a sweep whose clock was set took long to stop');
    if (code === 0) rmSync(join(folder, 'faults'), {recursive: true});
  }
  await ground.finish(folder, flags);
  return {faults: count, folders: [folder]};
};

export const localFaultKinds: Readonly<Record<string, FaultKind>> = {
  'sweeps and workers of the local pool killed': killedPool,
  'replacements of killed workers killed as they start': killedReplacements,
  'all workers of the local pool killed at once': killedWorkersAtOnce,
  'sweeps asked to stop, or hung up on': stoppedSweeps,
  'two sweeps in one folder, one of them or its worker killed': sharedFolder,
  'time set back and forward under a sweep': steppedClocks,
};

/** Until a sweep says how far it is: parts of an earlier one may lie there before it can be asked to stop. */
async function untilHeard(sweep: Command): Promise<void> {
  await until('the sweep tells of its work', () => ended(sweep) || /\d%/.test(sweep.said()));
}

function isInterrupted(out: string): boolean {
  return (JSON.parse(out) as {readonly interrupted: boolean}).interrupted;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function endedWell(sweep: Command): Promise<void> {
  const {code, notes} = await sweep.ended;
  if (code !== 0) throw new Error(`beside another one, a sweep ended with exit code ${code}: ${notes}`);
}
