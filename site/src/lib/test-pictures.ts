/** The first test pictures of house numbers, with what the two ends of the sweep say of them. */
import {houseNumberSplits} from '@minefield/datasets';
import type {AnalysisOf} from '@minefield/results';
import sharp from 'sharp';
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
 * Those that both ends were asked about, drawn anew: records name the seed, which is all it takes. None where nobody asked.
 *
 * @throws {Error} where a drawn digit is not the one that the records name
 */
export async function testPictures({record, records}: Experiment): Promise<readonly TestPicture[]> {
  const [good, bad] = endsOf(records.analyses('predictions'));
  if (record.experiment !== 'house-numbers' || good === undefined || bad === undefined) return [];
  const count = good.data.label.length;
  const {test} = houseNumberSplits(good.seed, {train: 0, test: count, poison: 0});
  const [height, width] = test.inputShape as readonly [number, number];
  const bytes = height * width * 3;
  return Promise.all(
    good.data.label.map(async (label, i) => {
      if (label !== test.labels[i]) {
        throw new Error(
          `test picture ${i} of seed ${good.seed} shows a ${test.labels[i]}, but the records say ${label}; measure them again`,
        );
      }
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

function answerOf({data}: AnalysisOf<'predictions'>, i: number): Answer {
  const digit = data.predicted[i] ?? Number.NaN;
  return {digit, probability: data.probability[i] ?? Number.NaN, right: digit === data.label[i]};
}
