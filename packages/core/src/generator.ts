/**
 * A counter-based random generator: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
 * Any block of its stream is computed from a key and a counter alone, so streams can be named, split, resumed and
 * recomputed without storing what they gave.
 */
import {sha256} from '@noble/hashes/sha2.js';
import {utf8ToBytes} from '@noble/hashes/utils.js';

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** High 32 bits of the unsigned product of two 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + (cross >>> 16)) >>> 0;
}

/** One Philox4x32-10 block, written into `out[0..3]`. Words are unsigned 32-bit integers. */
export function philoxInto(
  out: Uint32Array,
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Where a generator stands: everything needed to go on from there. Plain JSON. */
export interface GeneratorState {
  readonly key: readonly [number, number];
  /** 32-bit words drawn so far. */
  readonly position: number;
}

export type StreamLabel = string | number;

/** A stream of random numbers; make one with {@link createGenerator}. Drawing advances it. */
export class Generator {
  readonly #key: readonly [number, number];
  readonly #block = new Uint32Array(4);
  #position: number;
  #loaded = -1;

  constructor(state: GeneratorState) {
    const [k0, k1] = state.key;
    if (!Number.isSafeInteger(state.position) || state.position < 0) {
      throw new RangeError(`core.Generator: expected a position >= 0, got ${state.position}`);
    }
    this.#key = [k0 >>> 0, k1 >>> 0];
    this.#position = state.position;
  }

  /** An independent stream, named by labels; the same labels always name the same stream, however far this one has run. */
  derive(...labels: readonly StreamLabel[]): Generator {
    return new Generator({key: deriveKey(this.#key, labels), position: 0});
  }

  state(): GeneratorState {
    return {key: this.#key, position: this.#position};
  }

  /** Uniform on 0 .. 2³² − 1. */
  uint32(): number {
    const block = Math.floor(this.#position / 4);
    if (block !== this.#loaded) {
      philoxInto(this.#block, [block >>> 0, Math.floor(block / 0x100000000), 0, 0], this.#key);
      this.#loaded = block;
    }
    return this.#block[this.#position++ % 4] ?? 0;
  }

  /** Uniform on the open interval (0, 1), in steps of 2⁻³². */
  uniform(): number {
    return (this.uint32() + 0.5) / 0x100000000;
  }

  /** Uniform on the integers 0 .. bound − 1, without bias. @throws {RangeError} unless 1 <= bound <= 2³². */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 0x100000000) {
      throw new RangeError(`core.Generator.integer: expected a bound in 1..2^32, got ${bound}`);
    }
    const limit = 0x100000000 - (0x100000000 % bound);
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % bound;
  }

  /** Standard normal (Box–Muller; two words a draw, so that draw i never depends on how the others were made). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Fills `out` with standard normals, two for every two words (both Box–Muller branches). */
  fillNormalInto(out: Float32Array | Float64Array): void {
    for (let i = 0; i < out.length; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      out[i] = radius * Math.cos(angle);
      if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
    }
  }

  /** A uniformly random permutation of 0 .. length − 1 (Fisher–Yates). */
  permutation(length: number): Uint32Array {
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

function deriveKey(key: readonly [number, number], labels: readonly StreamLabel[]): [number, number] {
  const digest = sha256(utf8ToBytes(JSON.stringify([key, labels])));
  const words = new DataView(digest.buffer, digest.byteOffset);
  return [words.getUint32(0, true), words.getUint32(4, true)];
}

/**
 * The generator of an experiment: a seed, and labels that name the stream.
 *
 * @param seed integer in 0 .. 2⁵³ − 1
 * @throws {RangeError} when the seed is not such an integer
 * @example createGenerator(1, 'spirals').uniform()
 */
export function createGenerator(seed: number, ...labels: readonly StreamLabel[]): Generator {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`core.createGenerator: expected a seed in 0..2^53-1, got ${seed}`);
  }
  const root = new Generator({key: [seed >>> 0, Math.floor(seed / 0x100000000)], position: 0});
  return labels.length > 0 ? root.derive(...labels) : root;
}
