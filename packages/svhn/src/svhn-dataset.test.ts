import {describe, expect, it} from 'vitest';
import type {SvhnImages} from './svhn-images.ts';
import {channelStatistics, svhnDataset} from './svhn-dataset.ts';

function imagesOf(channels: 1 | 3, level: (i: number) => number): SvhnImages {
  const pixels = Uint8Array.from({length: 2 * 1024 * channels}, (_, i) => level(i));
  return {pixels, labels: Uint8Array.of(0, 9), channels, size: 2, available: 2};
}

describe('svhnDataset', () => {
  it('normalizes each channel by the published constants', () => {
    const {inputs, ...rest} = svhnDataset(
      imagesOf(3, (i) => [0, 255, 102][i % 3] ?? 0),
      {name: 'SVHN'},
    );
    expect(rest).toEqual({
      name: 'SVHN',
      labels: Uint8Array.of(0, 9),
      inputShape: [32, 32, 3],
      classes: 10,
      size: 2,
    });
    const pixel = [-0.43768212 / 0.1200278, (1 - 0.44376972) / 0.12307685, (0.4 - 0.47280444) / 0.10515254];
    expect(inputs).toEqual(Float32Array.from({length: 6144}, (_, i) => pixel[i % 3] ?? 0));
  });

  it('normalizes grey by the means of these', () => {
    const {inputs, inputShape} = svhnDataset(
      imagesOf(1, () => 51),
      {name: 'grey'},
    );
    expect(inputShape).toEqual([32, 32, 1]);
    expect(inputs[0]).toBeCloseTo((0.2 - 0.45141876) / 0.11608573, 6);
  });

  it('has mean 0 and deviation 1 by the statistics of its own channels', () => {
    const images = imagesOf(3, (i) => (i * i + 13 * i) % 256);
    const {inputs} = svhnDataset(images, {name: 'own', statistics: channelStatistics(images)});
    for (let channel = 0; channel < 3; channel++) {
      const values = inputs.filter((_, i) => i % 3 === channel);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      // Float32 inputs near 1 are off by up to 6e-8 each.
      expect(mean).toBeCloseTo(0, 6);
      expect(square).toBeCloseTo(1, 6);
    }
  });

  it('gives each image mean 0 and deviation 1 where asked to, whatever its light, and leaves a blank one blank', () => {
    const dim = imagesOf(3, (i) => (i < 3072 ? 100 + ((i * i) % 7) : 40));
    const light = {...dim, pixels: dim.pixels.map((level) => (level - 100) * 20 + 60)};
    const [a, b] = [dim, light].map(
      (images) => svhnDataset(images, {name: 'x', normalization: 'per-image'}).inputs,
    );
    const first = Array.from(a?.subarray(0, 3072) ?? []);
    expect(first.reduce((sum, value) => sum + value, 0) / 3072).toBeCloseTo(0, 6);
    expect(first.reduce((sum, value) => sum + value * value, 0) / 3072).toBeCloseTo(1, 6);
    for (const [i, value] of first.entries()) expect(b?.[i]).toBeCloseTo(value, 5);
    expect(a?.subarray(3072).every((value) => value === 0)).toBe(true);
  });

  it('knows mean and deviation of two levels in closed form', () => {
    const {mean, deviation} = channelStatistics(imagesOf(1, (i) => (i % 2) * 255));
    expect(mean).toEqual([0.5]);
    expect(deviation).toEqual([0.5]);
  });

  it.each([
    {mean: [0.5], deviation: [0.1, 0.1, 0.1]},
    {mean: [0.5, 0.5, 0.5], deviation: [0.1, 0, 0.1]},
    {mean: [0.5, Number.NaN, 0.5], deviation: [0.1, 0.1, 0.1]},
  ])('refuses $mean and $deviation for three channels', (statistics) => {
    const images = imagesOf(3, () => 0);
    expect(() => svhnDataset(images, {name: 'x', statistics})).toThrow(
      /^svhn\.svhnDataset: expected a mean and a deviation above 0 for each of 3 channels, got .*; take them/,
    );
  });

  it('refuses a kind of normalization and an option that it does not have', () => {
    const images = imagesOf(3, () => 0);
    const normalization = 'per-Image' as 'per-image';
    expect(() => svhnDataset(images, {name: 'x', normalization})).toThrow(
      /^svhn\.svhnDataset: expected a normalization among per-channel, per-image, got "per-Image"; did you mean "per-image"/,
    );
    expect(() => svhnDataset(images, {name: 'x', statistic: {}} as {name: string})).toThrow(
      /got "statistic"; did you mean "statistics"/,
    );
  });

  it.each([
    ['too few pixels', {pixels: new Uint8Array(3072)}],
    ['pixels in a plain array', {pixels: Array.from({length: 6144}, () => 0) as unknown as Uint8Array}],
    ['too few labels', {labels: new Uint8Array(1)}],
  ])('refuses images with %s', (_, wrong) => {
    const images = {...imagesOf(3, () => 0), ...wrong};
    const refusal = /: expected 6144 pixels and 2 labels in Uint8Arrays for 2 images of 3 channels, got .*; /;
    expect(() => svhnDataset(images, {name: 'x'})).toThrow(refusal);
    expect(() => channelStatistics(images)).toThrow(refusal);
  });
});
