import {InputError} from '@minefield/core';
import {GONE} from './blob-store.ts';
import type {Whereabouts} from './whereabouts.ts';

/** Times that a task may be lost before its sweep gives it up: one that is deleted again and again must come to an end. */
const MOST_LOSSES = 20;

/** Retries are put off for seconds; what is put off for longer is not ours. */
const LONGEST_DELAY_MS = 60_000;

/** So long workers have to take back what one of them left behind, or to retry what is due. */
const PATIENCE_MS = 90_000;

/** Watches over one task of a sweep, so that it is in a place where it will be done. */
export class Watch {
  /** Whether the task should be found in the queue. */
  #expected = false;
  /** Whether its worker gave an outcome, and takes it out of the queue by itself. */
  #finished = false;
  #losses = 0;
  #unattended: number | undefined;

  /** The task was put into the queue. */
  enqueued(): void {
    [this.#expected, this.#finished, this.#unattended] = [true, false, undefined];
  }

  /** Its worker is done with it, so that it need not be there any more. */
  finished(): void {
    [this.#expected, this.#finished] = [false, true];
  }

  /**
   * Why the task has to be enqueued anew, as words that go after its name; undefined where it will be done.
   *
   * @param attended whether workers are there, which could attend to it
   * @param now in milliseconds, of a clock that goes forward
   */
  lossOf(found: Whereabouts, attended: boolean, now: number): string | undefined {
    const {place, held, whole, delay, failedReason} = found;
    if (place === 'absent') return this.#expected ? 'gone from Redis' : undefined;
    if (!this.#finished) this.#expected = true;
    if (place === 'failed') return failedReason.includes(GONE) ? 'whose file was gone from Redis' : undefined;
    if (held || place === 'done') {
      this.#unattended = undefined;
      return undefined;
    }
    if (place === 'nowhere') return 'in no list of the queue';
    if (!whole) return 'whose payload was gone from Redis';
    if (place === 'waiting') {
      this.#unattended = undefined;
      return undefined;
    }
    if (place === 'delayed' && delay > LONGEST_DELAY_MS) return 'put off for too long';
    // Workers look for what others left behind, and for what is due: only where they do not, it is done for them.
    if (!attended) this.#unattended = undefined;
    else if (this.#unattended === undefined) this.#unattended = now;
    else if (now - this.#unattended > PATIENCE_MS) return 'left behind by its worker';
    return undefined;
  }

  /** @throws {InputError} when the task was lost so often that there is no end to be seen */
  lose(loss: string): void {
    this.#losses += 1;
    if (this.#losses <= MOST_LOSSES) return;
    throw new InputError(
      `queue.queueExecutor: expected a task to stay in Redis until it is done, got one that was lost ${this.#losses} ` +
        `times, lastly ${loss}; does something delete keys of that Redis? Run again to repeat the task`,
    );
  }
}

/** Collects what happened to many tasks, to be told in a line for each kind of it. */
export class LossTally {
  readonly #counts = new Map<string, number>();

  add(loss: string): void {
    this.#counts.set(loss, (this.#counts.get(loss) ?? 0) + 1);
  }

  /** What was not told yet. */
  take(): string[] {
    const lines = [...this.#counts].map(
      ([loss, count]) => `${count} ${count === 1 ? 'task' : 'tasks'} ${loss}: enqueued anew`,
    );
    this.#counts.clear();
    return lines;
  }
}
