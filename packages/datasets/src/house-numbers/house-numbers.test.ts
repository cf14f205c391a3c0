import {createGenerator, datasetFingerprint} from '@minefield/core';
import {expect, test} from 'vitest';
import {type HouseNumbers, houseNumbers} from './house-numbers.ts';

const pictures = houseNumbers(2000, {generator: createGenerator(5)});

function pictureOf({pixels, size}: HouseNumbers, row: number): Uint8Array {
  const width = pixels.length / size;
  return pixels.subarray(row * width, (row + 1) * width);
}

/** Mean and standard deviation of all bytes of each picture, 0 .. 1. */
const moments = Array.from({length: pictures.size}, (_, row) => {
  const picture = pictureOf(pictures, row);
  const mean = picture.reduce((sum, byte) => sum + byte, 0) / picture.length / 255;
  const square = picture.reduce((sum, byte) => sum + (byte / 255 - mean) ** 2, 0) / picture.length;
  return {mean, deviation: Math.sqrt(square)};
});

/** Share of a sample below a bound. */
function below(sample: readonly number[], bound: number): number {
  return sample.filter((value) => value < bound).length / sample.length;
}

test('the classes take turns', () => {
  const {labels, inputShape, classes} = houseNumbers(12, {generator: createGenerator(1)});
  expect([...labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  expect({inputShape, classes}).toEqual({inputShape: [32, 32, 3], classes: 10});
  expect([...houseNumbers(3, {generator: createGenerator(1), first: 18}).labels]).toEqual([8, 9, 0]);
  expect(houseNumbers(0, {generator: createGenerator(1)}).size).toBe(0);
});

test('pictures keep their bits from release to release, and differ between seeds', () => {
  expect(datasetFingerprint(houseNumbers(100, {generator: createGenerator(1)}))).toMatchInlineSnapshot(
    `"04d19e49593e1df577e2f42b040831566c6863a392f6b37ef78d6bdcf6d712f1"`,
  );
  expect(
    datasetFingerprint(houseNumbers(20, {generator: createGenerator(1), size: 48})),
  ).toMatchInlineSnapshot(`"1198cffc35b5d009bb655b2427a86ad6b72bca4c836514e4b58680898f9eb27e"`);
  expect(pictureOf(houseNumbers(1, {generator: createGenerator(2)}), 0)).not.toEqual(
    pictureOf(houseNumbers(1, {generator: createGenerator(1)}), 0),
  );
});

test('a picture depends neither on the count, nor on the first one, nor on what was drawn before', () => {
  const generator = createGenerator(5);
  generator.uint32();
  const stretch = houseNumbers(7, {generator, first: 1203});
  for (let row = 0; row < 7; row++) {
    expect(pictureOf(stretch, row)).toEqual(pictureOf(pictures, 1203 + row));
  }
  expect(stretch.inputs).toEqual(pictures.inputs.slice(1203 * 3072, 1210 * 3072));
});

test('no two pictures are equal', () => {
  const seen = new Set(Array.from({length: 2000}, (_, row) => pictureOf(pictures, row).join()));
  expect(seen.size).toBe(2000);
});

test('each channel of the inputs has mean 0 and deviation 1, and rises with the byte', () => {
  const {inputs, pixels} = pictures;
  for (let channel = 0; channel < 3; channel++) {
    let mean = 0;
    let square = 0;
    for (let at = channel; at < inputs.length; at += 3) {
      mean += (inputs[at] ?? 0) / (inputs.length / 3);
      square += (inputs[at] ?? 0) ** 2 / (inputs.length / 3);
    }
    const variance = square - mean * mean;
    // The pixels of one picture hang together: 2,000 means with a deviation of about 0.7 have an error of 0.016.
    expect(Math.abs(mean)).toBeLessThan(0.065);
    expect(Math.abs(Math.sqrt(variance) - 1)).toBeLessThan(0.04);
    const step = (inputs[channel] ?? 0) - (inputs[channel + 3] ?? 0);
    expect(step * ((pixels[channel] ?? 0) - (pixels[channel + 3] ?? 0))).toBeGreaterThanOrEqual(0);
  }
});

test('pictures are dark and bright, pale and strong, and few are clipped', () => {
  const means = moments.map(({mean}) => mean);
  const deviations = moments.map(({deviation}) => deviation);
  for (const [sample, low, high] of [
    [means, 0.3, 0.6],
    [deviations, 0.09, 0.17],
  ] as const) {
    expect(below(sample, low)).toBeGreaterThan(0.1);
    expect(below(sample, high)).toBeLessThan(0.9);
  }
  const clipped = pictures.pixels.reduce((count, byte) => count + Number(byte === 0 || byte === 255), 0);
  expect(clipped / pictures.pixels.length).toBeLessThan(0.02);
});

test('another size shows the same scenes', () => {
  const small = houseNumbers(30, {generator: createGenerator(5)});
  const large = houseNumbers(30, {generator: createGenerator(5), size: 64});
  expect(large.inputShape).toEqual([64, 64, 3]);
  let difference = 0;
  for (let at = 0; at < small.pixels.length; at++) {
    const channel = at % 3;
    const pixel = (at - channel) / 3;
    const column = pixel % 32;
    const corner = 4 * (pixel - column) + 2 * column;
    const four = [corner, corner + 1, corner + 64, corner + 65].map(
      (p) => large.pixels[3 * p + channel] ?? 0,
    );
    difference += Math.abs(four.reduce((sum, byte) => sum + byte, 0) / 4 - (small.pixels[at] ?? 0));
  }
  // Half a byte of rounding, the noise of two sensors, and edges that a pixel of the smaller one averages.
  expect(difference / small.pixels.length).toBeLessThan(6);
});

test('the mean picture of each class tells little: a linear classifier is near chance', () => {
  const means = Array.from({length: 10}, () => new Float64Array(3072));
  const half = 1000;
  for (let row = 0; row < half; row++) {
    const mean = means[pictures.labels[row] ?? 0];
    pictures.inputs.subarray(row * 3072, (row + 1) * 3072).forEach((value, at) => {
      if (mean !== undefined) mean[at] = (mean[at] ?? 0) + (value * 10) / half;
    });
  }
  let right = 0;
  for (let row = half; row < 2 * half; row++) {
    const input = pictures.inputs.subarray(row * 3072, (row + 1) * 3072);
    const distances = means.map((mean) =>
      mean.reduce((sum, value, at) => sum + (value - (input[at] ?? 0)) ** 2, 0),
    );
    right += Number(distances.indexOf(Math.min(...distances)) === pictures.labels[row]);
  }
  expect(right / half).toBeLessThan(0.3);
});

test.each([
  ['a fractional count', 1.5, {}, /a count >= 0, got 1\.5/],
  ['a negative count', -1, {}, /a count >= 0, got -1/],
  ['a picture too small to read', 1, {size: 15}, /a size in 16\.\.512, got 15/],
  ['a picture too large', 1, {size: 513}, /a size in 16\.\.512, got 513/],
  ['a fractional size', 1, {size: 32.5}, /a size in 16\.\.512, got 32\.5/],
  ['a negative first index', 1, {first: -1}, /first >= 0, got -1/],
])('refuses %s', (_, count, options, message) => {
  expect(() => houseNumbers(count, {generator: createGenerator(1), ...options})).toThrow(message);
});
