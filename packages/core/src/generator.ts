import {sha256} from '@noble/hashes/sha2.js';
import {utf8ToBytes} from '@noble/hashes/utils.js';
import {kindOf} from './kind-of.ts';
import {philoxInto} from './philox.ts';
import {cosTurns, logOfWord, sinTurns} from './portable-math.ts';
import {InputError} from './input-error.ts';

const WORDS = 0x100000000;

/** Where a generator stands: everything needed to go on from there. Plain JSON. */
export interface GeneratorState {
  /** Two unsigned 32-bit words. */
  readonly key: readonly [number, number];
  /** 32-bit words drawn so far. */
  readonly position: number;
}

/** A number is finite. */
export type StreamLabel = string | number;

/**
 * A stream of random numbers; make one with {@link createGenerator}. Drawing advances it.
 *
 * Block i of the stream is Philox4x32-10 of the stream's key and the counter i, so streams can be named, split, resumed
 * and recomputed without storing what they gave. Every draw has the same bits on every JavaScript engine.
 */
export class Generator {
  readonly #key: readonly [number, number];
  readonly #block = new Uint32Array(4);
  /** Counter of the block after the loaded one. */
  #next: number;
  /** Words of the loaded block already drawn; 4 where none is loaded. */
  #drawn = 4;

  /** @throws {InputError} unless `state` is one that {@link Generator.state} could have given */
  constructor(state: GeneratorState) {
    const {key, position} = state;
    if (key.length !== 2 || !key.every((word) => Number.isInteger(word) && word >= 0 && word < WORDS)) {
      throw new InputError(
        `core.Generator: expected a key of two unsigned 32-bit words, got [${key}]; give what state() gave`,
      );
    }
    if (!Number.isSafeInteger(position) || position < 0) {
      throw new InputError(
        `core.Generator: expected a position in 0..2^53-1, got ${position}; give what state() gave`,
      );
    }
    this.#key = [key[0], key[1]];
    this.#next = Math.floor(position / 4);
    if (position % 4 > 0) {
      this.#load();
      this.#drawn = position % 4;
    }
  }

  /**
   * An independent stream, named by labels; the same labels always name the same stream, however far this one has run.
   *
   * @throws {InputError} when a label is neither a text nor a finite number: JSON has one word for all others
   */
  derive(...labels: readonly StreamLabel[]): Generator {
    return new Generator({key: deriveKey(this.#key, labels), position: 0});
  }

  /** Where this stream stands; `new Generator(state)` goes on from there. */
  state(): GeneratorState {
    return {key: this.#key, position: this.#next * 4 - 4 + this.#drawn};
  }

  #load(): void {
    philoxInto(this.#block, this.#next | 0, Math.floor(this.#next / WORDS), 0, 0, this.#key[0], this.#key[1]);
    this.#next += 1;
    this.#drawn = 0;
  }

  /** Uniform on the integers 0 .. 2³² − 1. */
  uint32(): number {
    if (this.#drawn === 4) this.#load();
    return this.#block[this.#drawn++] ?? 0;
  }

  /** Uniform on the open interval (0, 1), in steps of 2⁻³². */
  uniform(): number {
    return (this.uint32() + 0.5) / WORDS;
  }

  /** Uniform on the integers 0 .. bound − 1, without bias. @throws {InputError} unless 1 <= bound <= 2³². */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > WORDS) {
      throw new InputError(
        `core.Generator.integer: expected a bound in 1..2^32, got ${bound}; give a whole number in it`,
      );
    }
    const limit = WORDS - (WORDS % bound);
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % bound;
  }

  /** Standard normal, from two words (Box–Muller's cosine branch). |value| < 6.8. */
  normal(): number {
    const radius = Math.sqrt(-2 * logOfWord(this.uint32()));
    return radius * cosTurns(this.uniform());
  }

  /**
   * Fills `out` with standard normals, two for every two words (both branches of Box–Muller).
   *
   * @throws {InputError} for an array that does not hold fractions
   */
  fillNormalInto(out: Float32Array | Float64Array): void {
    if (!(out instanceof Float32Array || out instanceof Float64Array)) {
      throw new InputError(
        'core.Generator.fillNormalInto: expected a Float32Array or Float64Array, got ' +
          `${kindOf(out)}; give one of these`,
      );
    }
    const words = new Uint32Array(Math.min(out.length + (out.length % 2), 512));
    for (let start = 0; start < out.length; start += words.length) {
      const part = out.subarray(start, start + words.length);
      for (let i = 0; i < part.length + (part.length % 2); i++) words[i] = this.uint32();
      boxMullerInto(part, words);
    }
  }

  /** A uniformly random permutation of 0 .. length − 1 (Fisher–Yates). @throws {InputError} unless 0 <= length <= 2³². */
  permutation(length: number): Uint32Array {
    if (!Number.isInteger(length) || length < 0 || length > WORDS) {
      throw new InputError(
        `core.Generator.permutation: expected a length in 0..2^32, got ${length}; give a whole number in it`,
      );
    }
    const order = Uint32Array.from({length}, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = swapped;
    }
    return order;
  }
}

/** Apart from drawing the words: the optimizing compiler inlines each of the two loops whole, but not both as one. */
function boxMullerInto(out: Float32Array | Float64Array, words: Uint32Array): void {
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * logOfWord(words[i] ?? 0));
    const turns = ((words[i + 1] ?? 0) + 0.5) / WORDS;
    out[i] = radius * cosTurns(turns);
    if (i + 1 < out.length) out[i + 1] = radius * sinTurns(turns);
  }
}

/** First 64 bits of the SHA-256 of the parent's key and the labels, which JSON tells apart ('1' from 1, ['ab'] from ['a', 'b']). */
function deriveKey(key: readonly [number, number], labels: readonly StreamLabel[]): [number, number] {
  for (const label of labels) {
    if (typeof label === 'string' || Number.isFinite(label)) continue;
    throw new InputError(
      `core.Generator.derive: expected labels that are texts or finite numbers, got ${label}; name the stream otherwise`,
    );
  }
  const digest = sha256(utf8ToBytes(JSON.stringify([key, labels])));
  const words = new DataView(digest.buffer, digest.byteOffset);
  return [words.getUint32(0, true), words.getUint32(4, true)];
}

/**
 * The generator of an experiment: a seed, and labels that name the stream.
 *
 * @param seed integer in 0 .. 2⁵³ − 1
 * @throws {InputError} when the seed is not such an integer, or a label not finite
 * @example createGenerator(1, 'spirals').uniform()
 */
export function createGenerator(seed: number, ...labels: readonly StreamLabel[]): Generator {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InputError(
      `core.createGenerator: expected a seed in 0..2^53-1, got ${seed}; give a whole number in it`,
    );
  }
  const root = new Generator({key: [seed % WORDS, Math.floor(seed / WORDS)], position: 0});
  return labels.length > 0 ? root.derive(...labels) : root;
}
