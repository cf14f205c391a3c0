/** Small files of SVHN's layout, and what can happen to them. */
import {deflateSync} from 'node:zlib';
import type {Generator} from '@minefield/core';
import {
  type MatArray,
  type MatWriterOptions,
  concatenated,
  matElement,
  matFile,
  matHeader,
  svhnArrays,
  tag,
} from './mat-writer.ts';

/** Values that sizes and counts are wrong with. */
const HOSTILE = [
  0, 1, 2, 3, 4, 5, 7, 8, 9, 14, 15, 16, 31, 32, 33, 64, 255, 256, 1000, 4096, 65_535, 65_536, 1_000_000,
  16_777_216, 0x7fff_fff8, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff, 0x0004_0005, 0x0005_0005,
  0xffff_0005,
];
/** Zeros behind an array that a bomb inflates to. */
const BOMBS = [1, 7, 8, 4096, 2 ** 20];

/** Grey images of 32 MiB, and one more. */
const GIANTS = [2 ** 15, 2 ** 15 + 1];

/** Sound files of so many zeros, made once, for it takes more time and memory than reading them. */
const giants: readonly Uint8Array[] = GIANTS.flatMap((size) =>
  [true, false].map((littleEndian) => {
    const options = {littleEndian, compressed: true};
    return matFile(
      svhnArrays(new Uint8Array(1024 * size), 1, new Array<number>(size).fill(1), options),
      options,
    );
  }),
);

type Mutation = (bytes: Uint8Array, generator: Generator, littleEndian: boolean) => Uint8Array;

/** One mutated file, or now and then a sound one. */
export function mutatedFile(generator: Generator): Uint8Array {
  if (chance(generator, 0.001)) {
    const giant = giants[generator.integer(giants.length)] ?? new Uint8Array();
    return chance(generator, 0.5) ? giant : flip(giant, generator, true);
  }
  const options = {littleEndian: chance(generator, 0.5), compressed: chance(generator, 0.6)};
  const arrays = soundArrays(generator, options);
  if (chance(generator, 0.3)) arrays.reverse();
  const where = generator.integer(options.compressed ? 4 : 3);
  const lie = (array: MatArray): MatArray => (where === 0 ? dishonest(array, generator) : array);
  const elements = arrays.map((array) => {
    const sound = lie(array);
    return where === 3 ? compressedMutant(sound, options, generator) : matElement(sound, options);
  });
  const file = concatenated([matHeader(options), ...elements]);
  return where === 0 || where === 3 ? file : mutated(file, generator, options.littleEndian);
}

function soundArrays(generator: Generator, options: MatWriterOptions): MatArray[] {
  const channels = chance(generator, 0.5) ? 1 : 3;
  const size = 1 + generator.integer(3);
  const noisy = chance(generator, 0.3);
  const pixels = Uint8Array.from({length: 1024 * channels * size}, (_, i) =>
    noisy ? (i * i * 31 + (i >> 5)) % 256 : i >> 6,
  );
  const labels = Array.from({length: size}, () => 1 + generator.integer(10));
  return svhnArrays(pixels, channels, labels, options);
}

/** An array that is written in good order and says something untrue or unusual of itself. */
function dishonest(array: MatArray, generator: Generator): MatArray {
  switch (generator.integer(5)) {
    case 0:
      return {
        ...array,
        dimensions: array.dimensions.with(generator.integer(array.dimensions.length), hostile(generator) | 0),
      };
    case 1:
      return {
        ...array,
        dimensions: Array.from({length: generator.integer(40)}, () => 1 + generator.integer(32)),
      };
    case 2:
      return {...array, classNumber: generator.integer(20) | (chance(generator, 0.2) ? 0x800 : 0)};
    case 3:
      return {...array, dataType: generator.integer(20)};
    default:
      return {
        ...array,
        name: ['', 'X', 'y', 'x'.repeat(generator.integer(300)), 'Ω'][generator.integer(5)] ?? '',
      };
  }
}

/** What is within a compressed element is changed before it is compressed, so that it inflates well. */
function compressedMutant(array: MatArray, options: MatWriterOptions, generator: Generator): Uint8Array {
  const {littleEndian = true} = options;
  const plain = matElement(array, {littleEndian});
  const inner = chance(generator, 0.7) ? mutated(plain, generator, littleEndian) : plain;
  const bomb = new Uint8Array(chance(generator, 0.9) ? 0 : (BOMBS[generator.integer(BOMBS.length)] ?? 0));
  const deflated = deflateSync(concatenated([inner, bomb]));
  return concatenated([tag(15, deflated.length, littleEndian), deflated]);
}

function mutated(bytes: Uint8Array, generator: Generator, littleEndian: boolean): Uint8Array {
  let result = bytes;
  for (let rounds = 1 + generator.integer(3); rounds > 0; rounds--) {
    const mutation = mutations[generator.integer(mutations.length)] ?? flip;
    result = result.length < 8 ? result : mutation(result, generator, littleEndian);
  }
  return result;
}

const flip: Mutation = (bytes, generator) => {
  const result = bytes.slice();
  for (let count = 1 + generator.integer(8); count > 0; count--) {
    const at = place(result, generator);
    result[at] = chance(generator, 0.5)
      ? generator.integer(256)
      : (result[at] ?? 0) ^ (1 << generator.integer(8));
  }
  return result;
};

const attackSize: Mutation = (bytes, generator, littleEndian) => {
  const result = bytes.slice();
  const at = Math.min(place(result, generator) & ~3, result.length - 4);
  const view = new DataView(result.buffer);
  const value = chance(generator, 0.3)
    ? view.getUint32(at, littleEndian) + generator.integer(17) - 8
    : hostile(generator);
  view.setUint32(at, value >>> 0, littleEndian);
  return result;
};

const truncate: Mutation = (bytes, generator) => bytes.slice(0, place(bytes, generator));

/** Part of the file in another place of it, over what was there or between. */
const splice: Mutation = (bytes, generator) => {
  const begin = place(bytes, generator);
  const piece = bytes.slice(begin, begin + 1 + generator.integer(200));
  const at = place(bytes, generator);
  const removed = chance(generator, 0.5) ? piece.length : generator.integer(200);
  return concatenated([bytes.subarray(0, at), piece, bytes.subarray(at + removed)]);
};

const cut: Mutation = (bytes, generator) => {
  const at = place(bytes, generator);
  return concatenated([bytes.subarray(0, at), bytes.subarray(at + 1 + generator.integer(64))]);
};

const mutations = [flip, flip, attackSize, attackSize, truncate, splice, cut];

/** Anywhere, but more often where headers and tags are. */
function place(bytes: Uint8Array, generator: Generator): number {
  const near = chance(generator, 0.6) ? 220 : bytes.length;
  const at = generator.integer(Math.min(bytes.length, near));
  return chance(generator, 0.2) ? bytes.length - 1 - at : at;
}

function hostile(generator: Generator): number {
  return HOSTILE[generator.integer(HOSTILE.length)] ?? 0;
}

function chance(generator: Generator, probability: number): boolean {
  return generator.uniform() < probability;
}
