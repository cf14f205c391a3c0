import type {ExecuteOptions} from '@minefield/experiments';
import type {QueueEvents} from 'bullmq';
import * as z from 'zod';
import {Bell} from './bell.ts';

const progressSchema = z.object({
  fraction: z.number(),
  notes: z.array(z.object({identity: z.string(), text: z.string()})),
});

/** Who waits for which task: each hears of its progress, and is woken when it may have come to an end. */
export class WaitingRoom {
  readonly #waiting = new Map<string, ExecuteOptions & {readonly bell: Bell}>();

  constructor(events: QueueEvents) {
    events.on('completed', ({jobId}) => this.#waiting.get(jobId)?.bell.ring());
    events.on('failed', ({jobId}) => this.#waiting.get(jobId)?.bell.ring());
    events.on('progress', ({jobId, data}) => {
      const entry = this.#waiting.get(jobId);
      const progress = progressSchema.safeParse(data);
      if (entry === undefined || !progress.success) return;
      entry.onProgress?.(progress.data.fraction);
      for (const note of progress.data.notes) entry.onNote?.(note);
    });
  }

  /** Tasks that are waited for. */
  get size(): number {
    return this.#waiting.size;
  }

  /** @returns what wakes whoever waits for the task */
  enter(id: string, options: ExecuteOptions): Bell {
    const bell = new Bell();
    this.#waiting.set(id, {...options, bell});
    return bell;
  }

  leave(id: string): void {
    this.#waiting.delete(id);
  }

  /** Wakes all, since events may have been lost. */
  ringAll(): void {
    for (const {bell} of this.#waiting.values()) bell.ring();
  }
}
