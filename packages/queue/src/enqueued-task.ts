import {InputError} from '@minefield/core';
import {failedElsewhere, jobsOf, type Task} from '@minefield/experiments';
import type {Store} from '@minefield/results/node';
import type {ExperimentSpec} from '@minefield/spec';
import type {Bell} from './bell.ts';
import {keys, seconds} from './keys.ts';
import type {Lookout} from './lookout.ts';
import type {OpenQueue} from './open-queue.ts';
import {type CollectedOutcome, type NoOutcome, collectOutcome} from './outcome.ts';
import {payloadOf, taskId} from './payload.ts';
import {Watch} from './watch.ts';
import {findTask, forgetTask} from './whereabouts.ts';

/** What the tasks of one sweep share. */
export interface Sweep {
  readonly place: OpenQueue;
  readonly spec: ExperimentSpec;
  readonly lookout: Lookout;
  /** Times that a task is begun before its error is its outcome. */
  readonly attempts: number;
  readonly shared: Store | undefined;
  /** Hears what the remedy is where a worker's files are not in the shared folder. */
  readonly onFilesElsewhere: (text: string) => void;
}

/** Outcomes of a task that may be useless before it counts as failed. */
const USELESS = 3;

/** Looks at an outcome whose files a shared folder does not show, before it counts as useless: a minute or so. */
const LATE = 20;

/** Looks before it is said that they are not there. */
const LATE_TOLD = 4;

/** Of a task whose outcome names a file that is not there any more; words that go after its name. */
const OUTCOME_GONE = 'whose outcome was gone from Redis';

const STORE_REMEDY = 'start every worker with --store and the folder of "run --out", as its machine sees it';

/**
 * Has a task done, however often Redis loses it or what it gave.
 *
 * @param bell rings when the task may have come to an end
 * @throws {InputError} when the task failed, when it is lost again and again, or when what it gives is of no use
 */
export async function outcomeOf(
  sweep: Sweep,
  task: Task,
  bell: Bell,
  signal?: AbortSignal,
): Promise<CollectedOutcome> {
  const {place, lookout, shared} = sweep;
  const id = taskId(task);
  const watch = new Watch();
  let isLate = false;
  // One that failed before is begun again: whoever runs the sweep once more asks for that.
  await forgetTask(place.redis, place.name, id, 'failed');
  for (let [useless, late] = [0, 0]; useless < USELESS;) {
    lookout.refuse();
    const outcome = await nextOutcome(sweep, id, task, watch);
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'late') late += 1;
    if (late === LATE_TOLD) {
      sweep.onFilesElsewhere(`the files of a worker are not in ${shared?.directory}; ${STORE_REMEDY}`);
    }
    if (outcome === 'gone') {
      watch.lose(OUTCOME_GONE);
      lookout.losses.add(OUTCOME_GONE);
      watch.finished();
    } else if (outcome === 'useless' || late === LATE) {
      await place.redis.del(keys.outcome(id));
      watch.finished();
      isLate = outcome === 'late';
      [useless, late] = [useless + 1, 0];
    } else {
      await bell.rung(signal);
    }
  }
  throw new InputError(
    isLate
      ? `queue.queueExecutor: expected the files of an outcome in ${shared?.directory}, got none ${USELESS} times; ${STORE_REMEDY}`
      : `queue.queueExecutor: expected an outcome, got ${USELESS} that are damaged or of other jobs; run again to repeat the task`,
  );
}

/** What the task gave, or undefined while it is on its way: where it is not, it is put into the queue. */
async function nextOutcome(
  sweep: Sweep,
  id: string,
  task: Task,
  watch: Watch,
): Promise<CollectedOutcome | NoOutcome> {
  const {place, lookout, spec} = sweep;
  const {redis, name, blobs} = place;
  const outcome = await collectOutcome(redis, id, task, blobs);
  if (outcome !== undefined) return outcome;
  const found = await findTask(redis, name, id);
  // It came while we looked.
  if (found.place === 'done') return nextOutcome(sweep, id, task, watch);
  const loss = watch.lossOf(found, lookout.processes > 0, performance.now());
  if (loss !== undefined) {
    watch.lose(loss);
    lookout.losses.add(loss);
    await forgetTask(redis, name, id, found.place === 'failed' ? 'failed' : 'unheld');
  } else if (found.place === 'failed') {
    throw failedElsewhere(failure(found.failedReason));
  }
  if (loss !== undefined || found.place === 'absent') {
    await enqueue(sweep, id, task);
    watch.enqueued();
  } else if (task.kind === 'analyze') {
    // Another sweep may have let go of the files that it reads.
    await payloadOf(task, spec, blobs);
  }
  return undefined;
}

async function enqueue({place, spec, attempts}: Sweep, id: string, task: Task): Promise<void> {
  const name = jobsOf(task)[0]?.kind === 'run' ? 'train' : 'analyze';
  await place.queue.add(name, await payloadOf(task, spec, place.blobs), {
    jobId: id,
    attempts,
    backoff: {type: 'exponential', delay: 1000},
    removeOnComplete: true,
    removeOnFail: {age: seconds.uncollected},
  });
}

/** BullMQ's words for a task whose workers died are not those of a reader. */
function failure(reason: string): string {
  if (!/stalled more than/.test(reason)) return reason;
  return 'queue: every worker that took the task vanished (killed, or out of memory); run again to repeat it';
}
