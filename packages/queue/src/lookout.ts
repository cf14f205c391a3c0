import {InputError} from '@minefield/core';
import type {Queue} from 'bullmq';
import type {Redis} from 'ioredis';
import {refuseForeignKeys} from './foreign-keys.ts';
import type {Enrolment} from './handshake.ts';
import {keys, kindsOf} from './keys.ts';
import {LossTally} from './watch.ts';

/** What a sweep looks at, and whom it tells. */
export interface LookoutOptions {
  readonly redis: Redis;
  readonly queue: Queue;
  readonly enrolment: Enrolment;
  readonly onNotice: (text: string) => void;
}

/** Looks now and then at what is around a sweep, and tells what whoever watches should know. */
export class Lookout {
  readonly losses: LossTally = new LossTally();
  readonly #options: LookoutOptions;
  #processes = 0;
  #lonely = false;
  #paused = false;
  #fault: InputError | undefined;

  constructor(options: LookoutOptions) {
    this.#options = options;
  }

  /** Tasks that the workers who are there do at the same time. */
  get processes(): number {
    return this.#processes;
  }

  /** @throws {InputError} when nothing can be done by this queue any more */
  refuse(): void {
    if (this.#fault !== undefined) throw this.#fault;
  }

  /** @param waiting tasks that are waited for */
  async look(waiting: number): Promise<void> {
    const {redis, queue, enrolment, onNotice} = this.#options;
    this.tellLosses();
    const peers = await enrolment.peers();
    this.#processes = peers.reduce((sum, {workers}) => sum + workers, 0);
    const alone = waiting > 0 && this.#processes === 0;
    if (alone && !this.#lonely) {
      onNotice('no workers are there; start some with: minefield worker --queue <the same URL>');
      // Workers end where other programs wrote to the keys that only they touch.
      await refuseForeignKeys(redis, kindsOf(queue.name)).catch((error: unknown) => {
        if (error instanceof InputError) this.#fault = error;
      });
    }
    this.#lonely = alone;
    const paused = await queue.isPaused();
    if (paused && !this.#paused) {
      const meta = keys.ofQueue(queue.name, 'meta');
      onNotice(
        `another program paused the queue, so that its workers take nothing; redis-cli HDEL ${meta} paused`,
      );
    }
    this.#paused = paused;
  }

  /** Tells what was lost and enqueued anew since the last time. */
  tellLosses(): void {
    for (const line of this.losses.take()) this.#options.onNotice(line);
  }
}
