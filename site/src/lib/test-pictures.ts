/** The first test pictures of an experiment, with what the two ends of the sweep say of them. */
import {datasetFingerprint, houseNumberSplits} from '@minefield/datasets';
import type {AnalysisOf} from '@minefield/results';
import sharp from 'sharp';
import {endsOf} from '@minefield/figures';
import type {Experiment} from './load-results.ts';

export interface Answer {
  readonly digit: number;
  readonly probability: number;
  readonly right: boolean;
}

export interface TestPicture {
  /** A data URI. */
  readonly source: string;
  readonly label: number;
  /** Without poison. */
  readonly good: Answer;
  /** With the most. */
  readonly bad: Answer;
}

export interface TestPictures {
  readonly pictures: readonly TestPicture[];
  /** Whether each is shown with its contrast stretched, rather than as it is. */
  readonly stretched: boolean;
  /** What the two networks get right of the whole test set; null where a run was not evaluated. */
  readonly whole: {readonly pictures: number; readonly good: number; readonly bad: number} | null;
}

/** Pixels of pictures of one shape, `[pictures, height, width, channels]`. */
interface Pixels {
  readonly bytes: Uint8Array;
  readonly shape: readonly [height: number, width: number, channels: 1 | 3];
}

/**
 * Those that both ends were asked about: the ones that a record keeps, or those of house numbers drawn anew from the seed
 * that the records name. Null where nobody asked, or there is neither.
 *
 * @throws {Error} where what is drawn, or what one of them saw, is not what the other saw
 */
export async function testPictures(experiment: Experiment): Promise<TestPictures | null> {
  const [good, bad] = endsOf(experiment.records.analyses('predictions'));
  if (good === undefined || bad === undefined) return null;
  const seen = await picturesSeen(experiment, good);
  if (seen === null) return null;
  if (good.data.fingerprint !== bad.data.fingerprint) {
    throw new Error(
      `the predictions of ${experiment.record.experiment} are not of the same pictures; measure them again`,
    );
  }
  const pictures = good.data.label.map((label, i) => ({
    source: seen.sources[i] as string,
    label,
    good: answerOf(good, i),
    bad: answerOf(bad, i),
  }));
  return {pictures, stretched: seen.stretched, whole: wholeOf(experiment, good, bad)};
}

/**
 * The pictures that a network was asked about, as data URIs; null where they are neither kept nor can be drawn anew.
 *
 * @throws {Error} where what is drawn is not what the network saw
 */
export async function picturesSeen(
  experiment: Experiment,
  predictions: AnalysisOf<'predictions'>,
): Promise<{readonly sources: readonly string[]; readonly stretched: boolean} | null> {
  const kept = keptPixels(predictions);
  const pixels = kept ?? drawnPixels(experiment, predictions);
  if (pixels === undefined) return null;
  const [height, width, channels] = pixels.shape;
  const size = height * width * channels;
  const sources = await Promise.all(
    predictions.data.label.map(async (_, i) => {
      const image = await sharp(pixels.bytes.subarray(i * size, (i + 1) * size), {
        raw: {width, height, channels},
      })
        .webp({quality: 90})
        .toBuffer();
      return `data:image/webp;base64,${image.toString('base64')}`;
    }),
  );
  return {sources, stretched: kept !== undefined};
}

function wholeOf(
  {records}: Experiment,
  good: AnalysisOf<'predictions'>,
  bad: AnalysisOf<'predictions'>,
): TestPictures['whole'] {
  const [first, second] = [good, bad].map(({run}) => records.runs().find(({identity}) => identity === run));
  const accuracies = [first, second].map((run) => run?.data.final?.testAccuracy);
  const [ofGood, ofBad] = accuracies;
  if (first === undefined || ofGood === undefined || ofBad === undefined) return null;
  return {pictures: first.dataset.test, good: ofGood, bad: ofBad};
}

function keptPixels({data}: AnalysisOf<'predictions'>): Pixels | undefined {
  return data.pictures && {bytes: Buffer.from(data.pictures.bytes, 'base64'), shape: data.pictures.shape};
}

function drawnPixels({record}: Experiment, {seed, data}: AnalysisOf<'predictions'>): Pixels | undefined {
  const {dataset} = record.spec;
  // The only pictures that can be drawn anew.
  if (dataset.name !== 'house-numbers') return undefined;
  const {test} = houseNumberSplits(seed, {
    train: 0,
    test: data.label.length,
    poison: 0,
    ...(dataset.size !== undefined && {size: dataset.size}),
  });
  if (data.fingerprint !== datasetFingerprint(test)) {
    throw new Error(
      `house numbers of seed ${seed} are no longer those that the records speak of; measure the predictions again`,
    );
  }
  const [height, width] = test.inputShape as readonly [number, number];
  return {bytes: test.pixels, shape: [height, width, 3]};
}

function answerOf({data}: AnalysisOf<'predictions'>, i: number): Answer {
  const [digit, probability] = [data.predicted[i], data.probability[i]];
  if (digit === undefined || probability === undefined)
    throw new Error(`expected a prediction of picture ${i}, got ${data.predicted.length} predictions`);
  return {digit, probability, right: digit === data.label[i]};
}
