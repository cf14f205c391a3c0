import {type Dataset, InputError} from '@minefield/core';

import {SIDE, type SvhnImages} from './read-svhn-file.ts';

/** Of each channel, with pixels from 0 to 1. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export interface SvhnDatasetOptions {
  readonly name: string;
  /**
   * `per-channel`: by the mean and deviation of each channel over a data set. `per-image`: by each image's own, over all its
   * pixels and channels, which takes away differences of light and contrast. Default `per-channel`.
   */
  readonly normalization?: 'per-channel' | 'per-image';
  /**
   * What is subtracted from each channel, and what the rest is divided by. Default: the constants published for red, green and
   * blue (Huang et al., 2019), and their means for grey, which depend on no split. Of other statistics, take those of the
   * training split for every split.
   */
  readonly statistics?: ChannelStatistics;
}

/** Least deviation that an image is divided by, in levels of 0 to 255: a blank one stays blank. */
const LEAST_DEVIATION = 1;

const published: ChannelStatistics = {
  mean: [0.43768212, 0.44376972, 0.47280444],
  deviation: [0.1200278, 0.12307685, 0.10515254],
};

/**
 * Images as a data set of ten classes: `[size, 32, 32, channels]`, each value `(pixel / 255 − mean) / deviation`, rounded
 * once, so that all machines agree. Its fingerprint is that of `datasetFingerprint`.
 *
 * @throws {InputError} where the statistics are not finite numbers of each channel, or a deviation is not above 0
 * @example svhnDataset(train, {name: train.name})
 */
export function svhnDataset(
  {pixels, labels, channels, size}: SvhnImages,
  {name, normalization, statistics = defaultStatistics(channels)}: SvhnDatasetOptions,
): Dataset {
  const data = {name, labels: labels.slice(), inputShape: [SIDE, SIDE, channels], classes: 10, size};
  if (normalization === 'per-image') return {...data, inputs: normalizedImages(pixels, size)};
  const {mean, deviation} = statistics;
  const usable = [mean, deviation].every(
    (values) => values.length === channels && values.every(Number.isFinite),
  );
  if (!usable || !deviation.every((value) => value > 0)) {
    throw new InputError(
      `svhn.svhnDataset: expected a mean and a deviation above 0 for each of ${channels} channels, ` +
        `got [${mean}] and [${deviation}]; take them from the training split with channelStatistics`,
    );
  }
  const values = mean.map((center, channel) =>
    Float32Array.from({length: 256}, (_, level) => (level / 255 - center) / (deviation[channel] ?? 1)),
  );
  const inputs = new Float32Array(pixels.length);
  values.forEach((table, channel) => {
    for (let i = channel; i < inputs.length; i += channels) inputs[i] = table[pixels[i] ?? 0] ?? 0;
  });
  return {...data, inputs};
}

function normalizedImages(pixels: Uint8Array, size: number): Float32Array {
  const inputs = new Float32Array(pixels.length);
  const length = pixels.length / size;
  for (let first = 0; first < pixels.length; first += length) {
    let [sum, squares] = [0, 0];
    for (let i = first; i < first + length; i++) {
      const level = pixels[i] ?? 0;
      sum += level;
      squares += level * level;
    }
    // Sums of integers are exact, so all machines agree.
    const mean = sum / length;
    const deviation = Math.max(Math.sqrt(squares / length - mean * mean), LEAST_DEVIATION);
    for (let i = first; i < first + length; i++) inputs[i] = ((pixels[i] ?? 0) - mean) / deviation;
  }
  return inputs;
}

/** Mean and deviation of each channel over all pixels (divided by their number), with pixels from 0 to 1. */
export function channelStatistics({pixels, channels}: SvhnImages): ChannelStatistics {
  const all = Array.from({length: channels}, (_, channel) => {
    const counts = new Float64Array(256);
    for (let i = channel; i < pixels.length; i += channels) {
      const level = pixels[i] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
    }
    return counts;
  });
  const share = pixels.length / channels;
  const mean = all.map(
    (counts) => counts.reduce((sum, count, level) => sum + (count * level) / 255, 0) / share,
  );
  const deviation = all.map((counts, channel) => {
    const center = mean[channel] ?? 0;
    return Math.sqrt(
      counts.reduce((sum, count, level) => sum + count * (level / 255 - center) ** 2, 0) / share,
    );
  });
  return {mean, deviation};
}

function defaultStatistics(channels: number): ChannelStatistics {
  if (channels === published.mean.length) return published;
  const average = (values: readonly number[]): number[] => [
    values.reduce((a, b) => a + b, 0) / values.length,
  ];
  return {mean: average(published.mean), deviation: average(published.deviation)};
}
