import {type Dataset, type Generator, InputError, checkOptions} from '@minefield/core';
import {checkGenerator} from '../check-generator.ts';
import {drawHouseNumberInto} from './draw-house-number.ts';
import {createPicture} from './picture.ts';

export interface HouseNumbersOptions {
  /** Its key names the pictures. */
  readonly generator: Generator;
  /** Side of a picture in pixels, 16 to 512. Default 32. */
  readonly size?: number;
  /** Index of the first picture. Default 0. */
  readonly first?: number;
}

/** A data set of pictures, with the pictures to show. */
export interface HouseNumbers extends Dataset {
  /** `[size, height, width, 3]`, sRGB bytes; `inputs` is the same, normalized. */
  readonly pixels: Uint8Array;
}

/** Mean and standard deviation of red, green and blue over 20,000 pictures, 0 .. 1, in three decimals. */
const CHANNELS = [
  {mean: 0.478, deviation: 0.203},
  {mean: 0.458, deviation: 0.194},
  {mean: 0.454, deviation: 0.192},
];

/**
 * Pictures as of house numbers in the street, drawn by arithmetic: the digit in the middle is the class, 0 to 9, and
 * the classes take turns. Typefaces, colours, walls, plates, light, blur and noise vary without end, contrast can be
 * low, and neighbouring digits reach into most pictures.
 *
 * Picture i depends on the key of the generator, on i and on the size alone: not on the count, nor on what was drawn
 * before. `first` asks for a stretch from the middle. Another size shows the same scenes.
 *
 * Inputs are `[count, size, size, 3]`: (byte / 255 − mean) / deviation, with the means and deviations of the channels
 * over all such pictures, which are constants. The bits are the same on every JavaScript engine: nothing but + − × ÷
 * and square roots is used, and each picture is rounded to bytes.
 *
 * @throws {InputError} when the count or an option is out of range
 * @example houseNumbers(100, {generator: createGenerator(1, 'pictures')}).pixels // 100 pictures of 32 × 32
 */
export function houseNumbers(count: number, options: HouseNumbersOptions): HouseNumbers {
  checkOptions('datasets.houseNumbers', options, {generator: true, size: true, first: true});
  checkGenerator('houseNumbers', options.generator);
  const {generator, size = 32, first = 0} = options;
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new InputError(
      `datasets.houseNumbers: expected a count >= 0, got ${count}; ask for a whole number`,
    );
  }
  if (!Number.isInteger(size) || size < 16 || size > 512) {
    throw new InputError(
      `datasets.houseNumbers: expected a size in 16..512, got ${size}; ask for whole pixels`,
    );
  }
  if (!Number.isSafeInteger(first) || first < 0) {
    throw new InputError(`datasets.houseNumbers: expected first >= 0, got ${first}; count from 0`);
  }
  const width = size * size * 3;
  const pixels = new Uint8Array(count * width);
  const picture = createPicture(size);
  const labels = Uint8Array.from({length: count}, (_, row) => (first + row) % 10);
  for (const [row, label] of labels.entries()) {
    const stream = generator.derive('house number', first + row);
    drawHouseNumberInto(pixels.subarray(row * width, (row + 1) * width), picture, label, stream);
  }
  const inputs = normalize(pixels);
  return {
    name: 'house numbers',
    inputs,
    labels,
    inputShape: [size, size, 3],
    classes: 10,
    size: count,
    pixels,
  };
}

function normalize(pixels: Uint8Array): Float32Array {
  const inputs = new Float32Array(pixels.length);
  for (const [channel, {mean, deviation}] of CHANNELS.entries()) {
    const levels = Float32Array.from({length: 256}, (_, byte) => (byte / 255 - mean) / deviation);
    for (let at = channel; at < pixels.length; at += 3) inputs[at] = levels[pixels[at] ?? 0] ?? 0;
  }
  return inputs;
}
