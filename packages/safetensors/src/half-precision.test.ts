import {expect, test} from 'vitest';
import {singleBitsFromBrain, singleFromHalf} from './half-precision.ts';

const everyPattern = Uint16Array.from({length: 65_536}, (_, bits) => bits);

/** The engine's own reading of binary16 (Node 24); absent from the ES2023 types. */
const Float16 = (globalThis as {Float16Array?: new (buffer: ArrayBuffer) => ArrayLike<number>}).Float16Array;

test.skipIf(Float16 === undefined)('singleFromHalf reads all 65,536 halves as the engine does', () => {
  if (Float16 === undefined) return;
  const engine = Array.from(new Float16(everyPattern.buffer));
  expect(Array.from(everyPattern, singleFromHalf)).toEqual(engine);
});

test('singleBitsFromBrain puts all 65,536 patterns into the upper half of a single', () => {
  const singles = Uint32Array.from(everyPattern, singleBitsFromBrain);
  const halves = new Uint16Array(singles.buffer);
  expect(halves.filter((_, i) => i % 2 === 1)).toEqual(everyPattern);
  expect(halves.filter((_, i) => i % 2 === 0)).toEqual(new Uint16Array(65_536));
});
