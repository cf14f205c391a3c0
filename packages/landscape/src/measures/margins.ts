import {type CancelSignal, type Classifier, InputError} from '@minefield/core';
import {type DeepFoolOptions, deepFoolMargins} from '../margins/deep-fool-margins.ts';
import {type Margins2dOptions, margins2d} from '../margins/margins-2d.ts';
import {type MarginSummary, summarizeMargins} from '../margins/summarize-margins.ts';

/** Whose decision boundary, and how far from what. */
export type MarginsOfOptions = {
  /** The network at the minimum, as a function of its inputs. */
  readonly classifier: Classifier;
  /** `[n, d]`: the training inputs, say. */
  readonly inputs: Float32Array;
} & (
  | Omit<Margins2dOptions, 'signal' | 'onProgress'>
  | (Omit<DeepFoolOptions, 'signal' | 'onProgress'> & {readonly maximum?: undefined})
);

/** Distances of inputs to the decision boundary; null where none was found. */
export interface MarginsDocument extends MarginSummary {
  /** n. */
  readonly inputs: number;
  /** Circles are searched in the plane, up to `maximum` where that is named; else DeepFool's steps are taken. */
  readonly method: 'circles' | 'DeepFool';
}

/** @throws {InputError} when an option is one that nobody reads, or does not fit the classifier */
export async function marginsOf(
  {classifier, inputs, ...settings}: MarginsOfOptions,
  running: {readonly signal: CancelSignal | undefined; readonly onProgress: (fraction: number) => void},
): Promise<MarginsDocument> {
  if (typeof classifier?.logits !== 'function') {
    throw new InputError(
      'landscape.measureMinimum: expected a classifier for margins, got none; classifierFromModel of @minefield/models makes one',
    );
  }
  const common = {
    signal: running.signal,
    onProgress: (done: number, total: number) => running.onProgress(done / total),
  };
  const inPlane = settings.maximum !== undefined;
  const {distances} = inPlane
    ? await margins2d(classifier, inputs, {...settings, ...common})
    : await deepFoolMargins(classifier, inputs, {...settings, ...common});
  return {
    ...summarizeMargins(distances),
    inputs: distances.length,
    method: inPlane ? 'circles' : 'DeepFool',
  };
}
