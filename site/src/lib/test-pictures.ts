/** The first test pictures of house numbers, with what the two ends of the sweep say of them. */
import {datasetFingerprint, houseNumberSplits} from '@minefield/datasets';
import type {AnalysisOf} from '@minefield/results';
import sharp from 'sharp';
import {z} from 'zod';
import {endsOf} from './ends.ts';
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

/**
 * Those that both ends were asked about, drawn anew from the seed that the records name. None where nobody asked.
 *
 * @throws {Error} where what is drawn is not what the networks saw
 */
export async function testPictures({record, records}: Experiment): Promise<readonly TestPicture[]> {
  const [good, bad] = endsOf(records.analyses('predictions'));
  if (record.experiment !== 'house-numbers' || good === undefined || bad === undefined) return [];
  const {dataset} = sizeSchema.parse(record.spec);
  const {test} = houseNumberSplits(good.seed, {
    train: 0,
    test: good.data.label.length,
    poison: 0,
    ...(dataset?.size !== undefined && {size: dataset.size}),
  });
  const drawn = datasetFingerprint(test);
  if (good.data.fingerprint !== drawn || bad.data.fingerprint !== drawn) {
    throw new Error(
      `house numbers of seed ${good.seed} are no longer those that the records speak of; measure the predictions again`,
    );
  }
  const [height, width] = test.inputShape as readonly [number, number];
  const bytes = height * width * 3;
  return Promise.all(
    good.data.label.map(async (label, i) => {
      const image = await sharp(test.pixels.subarray(i * bytes, (i + 1) * bytes), {
        raw: {width, height, channels: 3},
      })
        .webp({quality: 90})
        .toBuffer();
      return {
        source: `data:image/webp;base64,${image.toString('base64')}`,
        label,
        good: answerOf(good, i),
        bad: answerOf(bad, i),
      };
    }),
  );
}

/** Side of a picture, of the spec. */
const sizeSchema = z.object({dataset: z.object({size: z.int().optional()}).optional()});

function answerOf({data}: AnalysisOf<'predictions'>, i: number): Answer {
  const digit = data.predicted[i] ?? Number.NaN;
  return {digit, probability: data.probability[i] ?? Number.NaN, right: digit === data.label[i]};
}
