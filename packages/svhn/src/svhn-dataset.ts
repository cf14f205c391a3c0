import {type Dataset, InputError, at, checkOptions, checkWord} from '@minefield/core';

import {SIDE, type SvhnImages} from './svhn-images.ts';

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
 * @throws {InputError} where there are not as many pixels and labels as the images have, the statistics are not finite
 *   numbers of each channel, or a deviation is not above 0
 * @example svhnDataset(train, {name: train.name})
 */
export function svhnDataset(images: SvhnImages, options: SvhnDatasetOptions): Dataset {
  checkImages('svhnDataset', images);
  checkOptions('svhn.svhnDataset', options, {name: true, normalization: true, statistics: true});
  const {pixels, labels, channels, size} = images;
  const {name, normalization = 'per-channel', statistics = defaultStatistics(channels)} = options;
  checkWord('svhn.svhnDataset', 'a normalization', normalization, ['per-channel', 'per-image']);
  checkOptions('svhn.svhnDataset', statistics, {mean: true, deviation: true});
  const data = {name, labels: labels.slice(), inputShape: [SIDE, SIDE, channels], classes: 10, size};
  if (normalization === 'per-image') return {...data, inputs: normalizedImages(pixels, size)};
  const inputs = new Float32Array(pixels.length);
  for (const [channel, levels] of levelsOf(statistics, channels).entries()) {
    for (let i = channel; i < inputs.length; i += channels) inputs[i] = levels[pixels[i] ?? 0] ?? 0;
  }
  return {...data, inputs};
}

/** What each of 256 levels becomes, for each channel. */
function levelsOf({mean, deviation}: ChannelStatistics, channels: number): Float32Array[] {
  const usable = [mean, deviation].every(
    (values) => values.length === channels && values.every(Number.isFinite),
  );
  if (!usable || !deviation.every((value) => value > 0)) {
    throw new InputError(
      `svhn.svhnDataset: expected a mean and a deviation above 0 for each of ${channels} channels, ` +
        `got [${mean}] and [${deviation}]; take them from the training split with channelStatistics`,
    );
  }
  return Array.from(mean, (center, channel) => {
    const width = at(deviation, channel);
    return Float32Array.from({length: 256}, (_, level) => (level / 255 - center) / width);
  });
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

/**
 * Mean and deviation of each channel over all pixels (divided by their number), with pixels from 0 to 1.
 *
 * @throws {InputError} where there are not as many pixels and labels as the images have
 */
export function channelStatistics(images: SvhnImages): ChannelStatistics {
  checkImages('channelStatistics', images);
  const {pixels, channels} = images;
  const share = pixels.length / channels;
  const all = Array.from({length: channels}, (_, channel) => {
    const counts = new Float64Array(256);
    for (let i = channel; i < pixels.length; i += channels) {
      const level = pixels[i] ?? 0;
      counts[level] = (counts[level] ?? 0) + 1;
    }
    const mean = counts.reduce((sum, count, level) => sum + (count * level) / 255, 0) / share;
    const squares = counts.reduce((sum, count, level) => sum + count * (level / 255 - mean) ** 2, 0);
    return {mean, deviation: Math.sqrt(squares / share)};
  });
  return {mean: all.map(({mean}) => mean), deviation: all.map(({deviation}) => deviation)};
}

function checkImages(caller: string, {pixels, labels, channels, size}: SvhnImages): void {
  const wanted = size * SIDE * SIDE * channels;
  const typed = pixels instanceof Uint8Array && labels instanceof Uint8Array;
  if (typed && pixels.length === wanted && labels.length === size) return;
  throw new InputError(
    `svhn.${caller}: expected ${wanted} pixels and ${size} labels in Uint8Arrays for ${size} images of ${channels} channels, ` +
      `got ${pixels.length} and ${labels.length}${typed ? '' : ' in others'}; give them as loadSvhn does`,
  );
}

function defaultStatistics(channels: number): ChannelStatistics {
  if (channels === published.mean.length) return published;
  const average = (values: readonly number[]): number[] => [
    values.reduce((a, b) => a + b, 0) / values.length,
  ];
  return {mean: average(published.mean), deviation: average(published.deviation)};
}
