import type {CancelSignal} from '@minefield/core';
import {Conversation, type Request} from './conversation.ts';
import type {Hello} from './hello.ts';
import {bytesOf} from './numbers.ts';
import type {RayTable} from './ray-table.ts';
import {EvaluatorDied, refusal} from './refusal.ts';

export interface EvaluatorOptions {
  /** Stops the start; requests have signals of their own. */
  readonly signal: CancelSignal | undefined;
  readonly startTimeoutMs: number;
  readonly timeoutMs: number;
  /** How often a process that died is replaced, in all. */
  readonly restarts: number;
}

/** An evaluator that outlives its process: one that dies is started again, and asked again once what was asked of it. */
export class Evaluator {
  readonly hello: Hello;
  readonly #command: readonly string[];
  readonly #options: EvaluatorOptions;
  readonly #first: Conversation;
  #current: Promise<Conversation>;
  #restarts = 0;
  #closed = false;

  private constructor(command: readonly string[], options: EvaluatorOptions, first: Conversation) {
    this.#command = command;
    this.#options = options;
    this.#first = first;
    this.#current = Promise.resolve(first);
    this.hello = first.hello;
  }

  static async start(command: readonly string[], options: EvaluatorOptions): Promise<Evaluator> {
    const {startTimeoutMs: timeoutMs, signal} = options;
    return new Evaluator(command, options, await Conversation.start(command, {timeoutMs, signal}));
  }

  async ask(
    build: (rays: RayTable) => Request,
    signal: CancelSignal | undefined,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const options = {timeoutMs: this.#options.timeoutMs, signal};
    try {
      return await (await this.#living()).ask(build, options);
    } catch (error) {
      if (!(error instanceof EvaluatorDied) || this.#closed || this.#restarts >= this.#options.restarts)
        throw error;
    }
    return (await this.#living()).ask(build, options);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const conversation = await this.#current.catch(() => undefined);
    await conversation?.close();
  }

  async #living(): Promise<Conversation> {
    if (this.#closed) throw refusal('an open evaluator', 'one that was closed', 'make another');
    const [used, conversation] = [this.#current, await this.#current];
    if (!conversation.over) return conversation;
    // Of several that find it ended, the first starts another.
    if (this.#current === used) this.#current = this.#restart();
    return this.#living();
  }

  async #restart(): Promise<Conversation> {
    const {restarts, startTimeoutMs} = this.#options;
    if (this.#restarts >= restarts) {
      throw refusal(
        `an evaluator that ends no more than ${restarts} times`,
        'another end',
        'run it by itself to see what it does',
      );
    }
    this.#restarts += 1;
    const conversation = await Conversation.start(this.#command, {timeoutMs: startTimeoutMs});
    const [before, now] = [this.#first.introduction, conversation.introduction];
    const same = JSON.stringify(before.header) === JSON.stringify(now.header);
    if (same && bytesOf(before.payload).equals(bytesOf(now.payload))) return conversation;
    await conversation.close();
    throw refusal(
      'the same hello of an evaluator that was started again after its end',
      same ? 'one with another point' : 'one with another header',
      'fix its seed, or let it load a model that was trained before',
    );
  }
}
