import {type CancelSignal, type Generator, type Objective, at, checkOptions} from '@minefield/core';
import {checkFloat32, checkGenerator, checkLosses} from '../check-input.ts';
import {minibatchesOfTen, singleExamples} from '../curvature/single-examples.ts';
import {
  type LearningCoefficientDocument,
  type LearningCoefficientOfOptions,
  learningCoefficientOf,
} from './learning-coefficient.ts';
import {type MarginsDocument, type MarginsOfOptions, marginsOf} from './margins.ts';
import {type SpectrumDocument, type SpectrumOfOptions, spectrumOf} from './spectrum.ts';
import type {MeasureOptions, Subject} from './subject.ts';
import {type VolumeDocument, type VolumeOfOptions, volumeOf} from './volume.ts';

/** The settings of one measurement, as far as they are not those of all. */
type Settings<Options extends MeasureOptions> = Partial<Omit<Options, keyof MeasureOptions>>;

export interface MinimumOptions {
  /** What is random is drawn from streams of a seed that is drawn from it. */
  readonly generator: Generator;
  /** Of the objective, in the documents. Default `an objective`. */
  readonly name?: string | undefined;
  /**
   * Examples that the loss averages over; the objective then takes `examples` among its evaluation options. The learning
   * coefficient's nβ and the self-check of Hessian-vector products go by them. Default: it has none.
   */
  readonly examples?: number | undefined;
  /** false for none. Default: 1,000 isotropic rays to a loss of 0.5. */
  readonly volume?: Settings<VolumeOfOptions> | false | undefined;
  /** false for none. Default: 80 Lanczos steps and 32 probes. */
  readonly spectrum?: Settings<SpectrumOfOptions> | false | undefined;
  /** The local learning coefficient; false for none. Default: 4 chains of SGLD. */
  readonly llc?: Settings<LearningCoefficientOfOptions> | false | undefined;
  /**
   * Margins in input space, of the network as a classifier: with a `maximum`, circles in the plane are searched up to it; without
   * one, DeepFool's steps are taken, in any dimension. Default: none, for an objective has no inputs.
   */
  readonly margins?: MarginsOfOptions | false | undefined;
  /** As that of each measurement. Default false. */
  readonly trustProducts?: boolean | undefined;
  readonly signal?: CancelSignal | undefined;
  /** Receives the done fraction, 0 to 1; each measurement counts alike. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** What is known of a minimum. Plain JSON; what was not measured is null. */
export interface MinimumDocument {
  readonly loss: number;
  /** Euclidean length of the gradient, which is 0 at a minimum; null where the objective has none. */
  readonly gradientNorm: number | null;
  readonly volume: VolumeDocument | null;
  readonly spectrum: SpectrumDocument | null;
  readonly llc: LearningCoefficientDocument | null;
  readonly margins: MarginsDocument | null;
}

/**
 * Everything about a minimum in one call: how large its basin is, how sharp it is, its local learning coefficient, and the
 * margins of its classifier, each with its evidence. {@link volumeOf}, {@link spectrumOf} and {@link learningCoefficientOf} are its parts; with the `seed` in a document
 * each gives that document again.
 *
 * @param theta the minimum, `[P]`
 * @throws {InputError} when the vector is another, an option is one that nobody reads, the loss at the point is at or above the
 *   volume's cutoff, or Hessian-vector products are not confirmed by differences
 * @throws the signal's reason, once aborted
 * @example
 * const {volume, spectrum, llc} = await measureMinimum(objective, theta, {
 *   generator: createGenerator(1),
 *   examples: labels.length,
 *   volume: {cutoffOn: 'excess', cutoff: 0.5, estimator: 'preconditioned'},
 *   margins: {classifier: classifierFromModel(model, theta), inputs},
 * });
 */
export async function measureMinimum(
  objective: Objective,
  theta: Float32Array,
  options: MinimumOptions,
): Promise<MinimumDocument> {
  checkOptions('landscape.measureMinimum', options, {
    generator: true,
    name: true,
    examples: true,
    volume: true,
    spectrum: true,
    llc: true,
    margins: true,
    trustProducts: true,
    signal: true,
    onProgress: true,
  });
  const {generator, examples, volume = {}, spectrum = {}, llc = {}, margins = false} = options;
  const {trustProducts, signal} = options;
  checkFloat32('measureMinimum', 'a minimum', theta, objective.dimension);
  checkGenerator('measureMinimum', generator);
  const seed = generator.uint32();
  const subject: Subject = {
    name: options.name ?? 'an objective',
    objective,
    anchor: theta,
    examples: examples ?? null,
    ...(examples !== undefined && {
      checkOn: singleExamples(examples, {generator: generator.derive('single examples')}),
      orCheckOn: minibatchesOfTen(examples, {generator: generator.derive('minibatches')}),
    }),
    notes: [],
  };
  const wanted = [volume, spectrum, llc, margins].filter((settings) => settings !== false).length;
  let done = 0;
  const common = {
    seed,
    trustProducts,
    signal,
    onProgress: (fraction: number) => options.onProgress?.((done + fraction) / wanted),
  };
  const part = async <D>(measured: Promise<D>): Promise<D> => {
    const document = await measured;
    done += 1;
    return document;
  };
  const losses = await objective.loss(theta, {signal});
  checkLosses('measureMinimum', losses, 1);
  const gradient = await objective.gradient?.(theta, {signal});
  return {
    loss: at(losses, 0),
    gradientNorm: gradient ? Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0)) : null,
    volume:
      volume === false
        ? null
        : await part(
            volumeOf(subject, {cutoff: 0.5, directions: 1000, estimator: 'isotropic', ...volume, ...common}),
          ),
    spectrum:
      spectrum === false
        ? null
        : await part(spectrumOf(subject, {steps: 80, samples: 32, ...spectrum, ...common})),
    llc:
      llc === false
        ? null
        : await part(learningCoefficientOf(subject, {sampler: 'sgld', chains: 4, ...llc, ...common})),
    margins: margins === false ? null : await part(marginsOf(margins, common)),
  };
}
