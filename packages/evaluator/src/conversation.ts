import type {CancelSignal} from '@minefield/core';
import {type EvaluatorProcess, startProcess} from './evaluator-process.ts';
import {failureIn, noHello, tooLate} from './failures.ts';
import {type Frame, frameHead} from './frame.ts';
import {FrameReader} from './frame-reader.ts';
import {type Hello, admitHello, readHello} from './hello.ts';
import {bytesOf} from './numbers.ts';
import {RayTable} from './ray-table.ts';
import {EvaluatorDied, refusal} from './refusal.ts';
import {shown} from './shown.ts';

/** What is asked of an evaluator. */
export interface Request {
  readonly header: {readonly do: string} & Readonly<Record<string, unknown>>;
  /** The payload, one array after another. */
  readonly parts: readonly ArrayBufferView[];
  /** Length of the one right answer. */
  readonly answerBytes: number;
}

export interface AskOptions {
  readonly timeoutMs: number;
  readonly signal?: CancelSignal | undefined;
}

/** How often clocks and signals are looked at while an answer is awaited. */
const LOOK_MS = 20;

/** How long an evaluator may take to end once it is told to. */
const FAREWELL_MS = 1000;

interface Waiting {
  readonly id: number;
  readonly request: Request;
  resolve(payload: Uint8Array<ArrayBuffer>): void;
  reject(error: Error): void;
}

/** One process from its hello to its end: one request at a time, and one answer to each. */
export class Conversation {
  readonly hello: Hello;
  /** Header and payload of the hello, to be compared with that of another process. */
  readonly introduction: Frame;
  readonly #process: EvaluatorProcess;
  readonly #rays: RayTable;
  #asked = 0;
  #waiting: Waiting | undefined;
  #over: Error | undefined;
  #idle: Promise<unknown> = Promise.resolve();

  private constructor(child: EvaluatorProcess, introduction: Frame) {
    this.#process = child;
    this.introduction = introduction;
    this.hello = readHello(introduction);
    this.#rays = new RayTable(this.hello.dimension, this.hello.batch);
  }

  /**
   * Starts a process and hears its hello.
   *
   * @throws {InputError} when none comes, or a wrong one
   * @throws the signal's reason, once aborted
   */
  static async start(command: readonly string[], options: AskOptions): Promise<Conversation> {
    options.signal?.throwIfAborted();
    return Conversation.with(startProcess(command), command[0] ?? '', options);
  }

  /** Hears the hello of a process that was started. */
  static async with(
    child: EvaluatorProcess,
    program: string,
    {timeoutMs, signal}: AskOptions,
  ): Promise<Conversation> {
    const {promise, resolve, reject} = Promise.withResolvers<Conversation>();
    let begun: Conversation | undefined;
    let failed = false;
    const fail = (error: unknown): void => {
      const words = child.lastWords();
      const whole =
        error instanceof EvaluatorDied ? new EvaluatorDied(error.message + words) : asError(error);
      failed = true;
      child.kill();
      if (begun) begun.#fail(whole);
      else reject(whole);
    };
    const reader = new FrameReader(
      (header, bytes) => (begun ? begun.#admit(header, bytes) : admitHello(header, bytes)),
      (frame) => {
        if (begun) return begun.#hear(frame);
        begun = new Conversation(child, frame);
        resolve(begun);
      },
    );
    child.stdout.on('data', (chunk: Buffer) => {
      if (failed || begun?.over) return;
      try {
        reader.push(chunk);
      } catch (error) {
        fail(error);
      }
    });
    const deadline = performance.now() + timeoutMs;
    const timer = setInterval(() => {
      if (signal?.aborted) fail(reasonOf(signal));
      else if (performance.now() > deadline) fail(noHello(child, program, timeoutMs));
    }, LOOK_MS);
    const awaited = (): string => (begun ? 'an answer of the evaluator' : `the hello of ${program}`);
    const died = (how: string): void => {
      fail(new EvaluatorDied(refusal(awaited(), how, 'run it by itself to see what it does').message));
    };
    child.stdout.on('end', () =>
      setTimeout(() => died('the end of its standard output'), FAREWELL_MS).unref(),
    );
    void child.ended.then(died);
    return promise.finally(() => clearInterval(timer));
  }

  /** Whether it came to an end, so that nothing can be asked any more. */
  get over(): boolean {
    return this.#over !== undefined;
  }

  /**
   * Asks once what was asked before is answered.
   *
   * @param build makes the request when its turn has come
   * @throws {EvaluatorDied} when the process ends
   * @throws {InputError} when the evaluator fails, keeps silent for too long, or answers something else
   * @throws the signal's reason, once aborted; the evaluator is told, and its answer awaited before the next request
   */
  ask(build: (rays: RayTable) => Request, options: AskOptions): Promise<Uint8Array<ArrayBuffer>> {
    const turn = this.#idle.then(() => this.#exchange(build, options));
    this.#idle = turn.then(({over}) => over).catch(() => undefined);
    return turn.then(({answer}) => answer);
  }

  #exchange(
    build: (rays: RayTable) => Request,
    {timeoutMs, signal}: AskOptions,
  ): {answer: Promise<Uint8Array<ArrayBuffer>>; over: Promise<void>} {
    signal?.throwIfAborted();
    if (this.#over) throw this.#over;
    const request = build(this.#rays);
    const id = ++this.#asked;
    const caller = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    const reply = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    this.#waiting = {id, request, resolve: reply.resolve, reject: reply.reject};
    this.#send({...request.header, id}, request.parts);
    const deadline = performance.now() + timeoutMs;
    let cancelled = false;
    const timer = setInterval(() => {
      if (performance.now() > deadline) this.#fail(tooLate(request.header.do, timeoutMs));
      if (cancelled || !signal?.aborted) return;
      cancelled = true;
      this.#send({do: 'cancel', id}, []);
      caller.reject(reasonOf(signal));
    }, LOOK_MS);
    const over = reply.promise.then(caller.resolve, caller.reject).finally(() => clearInterval(timer));
    return {answer: caller.promise, over};
  }

  /** Tells the process to end, and sees to it that it does, with whatever it started. */
  async close(): Promise<void> {
    this.#process.stdin.end();
    // Its handles do not keep this process alive; this does.
    const late = setInterval(() => this.#process.kill(), FAREWELL_MS);
    await this.#process.ended;
    clearInterval(late);
  }

  #send(header: object, parts: readonly ArrayBufferView[]): void {
    const {stdin} = this.#process;
    const length = parts.reduce((sum, {byteLength}) => sum + byteLength, 0);
    stdin.cork();
    stdin.write(frameHead(header, length));
    for (const part of parts) if (part.byteLength > 0) stdin.write(bytesOf(part));
    stdin.uncork();
  }

  /** @throws {InputError} where a frame is not the answer that is awaited */
  #admit(header: Frame['header'], payloadBytes: number): void {
    const waiting = this.#waiting;
    if (waiting === undefined || header['id'] !== waiting.id) {
      throw refusal(
        waiting === undefined ? 'no answer before a request' : `an answer to request ${waiting.id}`,
        shown(header),
        'the evaluator does not keep to the protocol',
      );
    }
    const bytes = 'error' in header || 'cancelled' in header ? 0 : waiting.request.answerBytes;
    if (payloadBytes === bytes) return;
    throw refusal(
      `${bytes} bytes in answer to "${waiting.request.header.do}"`,
      `${payloadBytes}`,
      'the evaluator does not keep to the protocol',
    );
  }

  #hear({header, payload}: Frame): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    const failure =
      'error' in header || 'cancelled' in header ? failureIn(header, waiting.request.header.do) : undefined;
    this.#waiting = undefined;
    if (failure) waiting.reject(failure);
    else waiting.resolve(payload);
  }

  #fail(error: Error): void {
    this.#over ??= error;
    this.#process.kill();
    this.#waiting?.reject(this.#over);
    this.#waiting = undefined;
  }
}

function reasonOf(signal: CancelSignal): Error {
  try {
    signal.throwIfAborted();
  } catch (reason) {
    return asError(reason);
  }
  return new Error('aborted');
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
