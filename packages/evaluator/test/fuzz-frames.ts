/** A conversation with an evaluator whose side of it is mutated: each question is answered, or refused in words. */
import {EventEmitter} from 'node:events';
import {PassThrough, Readable, type Writable} from 'node:stream';
import {InputError} from '@minefield/core';
import {type Draw, drawFrom} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {Conversation} from '../src/conversation.ts';
import type {EvaluatorProcess} from '../src/evaluator-process.ts';
import {PREFIX_BYTES} from '../src/frame.ts';
import {requestsFor} from '../src/requests.ts';
import {mutatedConversation} from './mutate-frames.ts';

/** Points of each request for several. */
const COUNT = 4;

const OUR_WORDS = /^(?:evaluator\.objectiveFromProcess|core\.parameterLayout): expected .*, got .*; .+/s;

/** The end of a message, with the trace that the evaluator gave: lines of its own, of which there may be many. */
const TRACE = /correct its program:\n(?<trace>.*)$/s;

export const framesTarget: FuzzTarget<Uint8Array> = {
  input: (seed, i) => mutatedConversation(drawFrom(seed, i), COUNT),
  async read(bytes, i) {
    const source = new Source(piecesOf(bytes, drawFrom(bytes.length, i)));
    const talk = converse(source.process);
    await source.deliver();
    // Whatever is still awaited then is awaited for ever: the process has ended.
    const enough = turns(10).then((): Verdict => ({fault: 'still waiting after the end of the process'}));
    return Promise.race([talk, enough]);
  },
};

/** Everything that can be asked, in turn. */
async function converse(process: EvaluatorProcess): Promise<Verdict> {
  const patience = {timeoutMs: 30_000};
  let conversation: Conversation;
  try {
    conversation = await Conversation.with(process, 'a program', patience);
  } catch (error) {
    return inItsWords(error);
  }
  const {hello} = conversation;
  const {dimension, examples, classes, anchor} = hello;
  if (anchor.length !== dimension || !anchor.every(Number.isFinite))
    return {fault: `an anchor of ${anchor.length}`};
  // A model may say that it is large, and then is not asked about several points.
  const count = dimension > 1e6 ? 1 : COUNT;
  const points = new Float32Array(count * dimension).map((_, k) => k);
  const distances = new Float64Array(count).fill(0.5);
  const ask = requestsFor({hello, ask: (build) => conversation.ask(build, patience)});
  let refused = false;
  for (const [what, length, answer] of [
    ['losses', count, () => ask.losses(points, {limit: 3})],
    ['losses along rays', count, () => ask.lossesAlong(anchor, points, distances)],
    ['a gradient', dimension, () => ask.gradient(anchor)],
    ['a product', dimension, () => ask.hessianVector(anchor, anchor)],
    ['predictions', count * (examples ?? 0) * (classes ?? 0), () => ask.predictions(points)],
  ] as const) {
    try {
      const got = await answer();
      if (got.length !== length) return {fault: `${got.length} numbers for ${length} of ${what}`};
    } catch (error) {
      const verdict = inItsWords(error);
      if (verdict !== 'refused') return verdict;
      refused = true;
    }
  }
  await conversation.close();
  return refused ? 'refused' : 'accepted';
}

function inItsWords(error: unknown): Verdict {
  if (!(error instanceof InputError)) return refusal(error, [InputError]);
  const {message} = error;
  const trace = TRACE.exec(message)?.groups?.['trace'] ?? '';
  if (trace.length > 4000 || /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u.test(trace))
    return {fault: `a trace: ${trace}`};
  const rest = message.slice(0, message.length - trace.length);
  if (!OUR_WORDS.test(rest) || rest.length > 2500) return {fault: `other words: ${rest.slice(0, 500)}`};
  return refusal(new InputError(rest), [InputError]);
}

/** A process that writes piece after piece, each once there was time to answer the one before, and then ends. */
class Source {
  readonly process: EvaluatorProcess;
  readonly #pieces: readonly Uint8Array[];
  readonly #stdout = new Readable({read: () => undefined});
  readonly #events = new EventEmitter();

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = pieces;
    const ended = new Promise<string>((resolve) => {
      this.#events.once('end', () => resolve('the end of its process, with exit code 0'));
    });
    const stdin: Writable = new PassThrough().resume();
    this.process = {stdin, stdout: this.#stdout, ended, lastWords: () => '', kill: () => undefined};
  }

  async deliver(): Promise<void> {
    for (const piece of this.#pieces) {
      this.#stdout.push(piece);
      await turns(1);
    }
    this.#events.emit('end');
  }
}

async function turns(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await new Promise((resolve) => void setImmediate(resolve));
}

/** Cut at the ends of frames, as far as there are any, and anywhere within them; now and then two frames come in one piece. */
function piecesOf(bytes: Uint8Array, draw: Draw): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: number[] = [];
  for (let from = 0; from < bytes.length;) {
    for (let cuts = draw(3); cuts > 0; cuts--) places.push(from + draw(Math.min(200, bytes.length - from)));
    if (from + PREFIX_BYTES > bytes.length) break;
    from += PREFIX_BYTES + view.getUint32(from + 4, true) + Number(view.getBigUint64(from + 8, true));
    if (draw(200) > 0) places.push(Math.min(from, bytes.length));
  }
  const ends = [...new Set([...places, bytes.length])].toSorted((a, b) => a - b);
  return ends.map((end, k) => bytes.subarray(ends[k - 1] ?? 0, end)).filter(({length}) => length > 0);
}
