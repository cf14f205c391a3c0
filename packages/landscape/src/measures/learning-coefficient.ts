import {createGenerator, InputError, checkOptions, checkWord} from '@minefield/core';
import {largestEigenvalue} from '../curvature/extreme-eigenvalues.ts';
import type {HessianOperator} from '../curvature/hessian-operator.ts';
import {rawCoordinates} from '../directions/coordinates.ts';
import {
  type LearningCoefficient,
  inverseTemperatureFor,
  localLearningCoefficient,
} from '../llc/local-learning-coefficient.ts';
import {operatorOf} from './operators.ts';
import {MEASURE_KEYS, type MeasureOptions, type Subject} from './subject.ts';

export interface LearningCoefficientOfOptions extends MeasureOptions {
  readonly sampler: 'sgld' | 'mala';
  readonly chains: number;
  /**
   * Draws kept of each chain, one a step; a tenth of them again are made and thrown away first. Default 2,000, or 20,000 where
   * the objective is analytic and a step costs nothing.
   */
  readonly steps?: number;
  /**
   * ε. Default for SGLD: 0.1/(nβ λ + γ), λ being the Hessian's largest eigenvalue, which biases it by 2.6% at most; for
   * MALA, which nothing biases, ten times that over the cube root of the dimension.
   */
  readonly stepSize?: number;
  /** nβ. Default n / ln n for n examples, 100 where there are none. */
  readonly inverseTemperature?: number;
  /** γ. Default 1, or 0 for an analytic objective that is flat to second order: its closed form is for 0. */
  readonly localization?: number;
}

/** What `minefield llc --json` prints. */
export interface LearningCoefficientDocument {
  readonly subject: string;
  /** λ̂; null where a chain diverged or never moved. */
  readonly learningCoefficient: number | null;
  readonly standardError: number | null;
  readonly chainSpread: number | null;
  /** Split-R̂ of the losses: 1 where the chains have settled; null where it cannot be told. */
  readonly rHat: number | null;
  readonly chains: readonly {readonly coefficient: number | null; readonly acceptance: number | null}[];
  readonly sampler: 'sgld' | 'mala';
  readonly steps: number;
  readonly stepSize: number;
  /** How the Hessian-vector products were made that chose the step; null where none were needed. */
  readonly method: HessianOperator['method'] | null;
  readonly inverseTemperature: number;
  readonly localization: number;
  readonly dimension: number;
  readonly anchorLoss: number;
  /** As ε → 0; null where none is known. */
  readonly exact: number | null;
  /** With the bias that theory gives SGLD at this ε; null where none is known. */
  readonly exactAtStepSize: number | null;
  readonly warning: string | null;
  readonly seed: number;
  readonly notes: readonly string[];
}

const ANALYTIC_INVERSE_TEMPERATURE = 100;
/** The usual bound. Gelman et al. 2013, 11.5. */
const LARGEST_R_HAT = 1.1;

/** Local learning coefficient at a subject's anchor by Langevin chains over all examples. */
export async function learningCoefficientOf(
  subject: Subject,
  options: LearningCoefficientOfOptions,
): Promise<LearningCoefficientDocument> {
  checkOptions('landscape.learningCoefficientOf', options, {
    ...MEASURE_KEYS,
    sampler: true,
    chains: true,
    steps: true,
    stepSize: true,
    inverseTemperature: true,
    localization: true,
  });
  const {sampler, chains, seed, signal, onProgress} = options;
  checkWord('landscape.learningCoefficientOf', 'a sampler', sampler, ['sgld', 'mala']);
  const {anchor, known, examples} = subject;
  const {steps = known ? 20_000 : 2_000} = options;
  const objective = subject.objective;
  const {
    inverseTemperature = examples === null ? ANALYTIC_INVERSE_TEMPERATURE : inverseTemperatureFor(examples),
  } = options;
  const flat = known?.stiffness(inverseTemperature) ?? null;
  const {localization = flat === null ? 1 : 0} = options;
  const steep =
    options.stepSize === undefined && flat === null
      ? await steepest({...subject, objective}, options)
      : {curvature: 0, method: null};
  const stepSize =
    options.stepSize ??
    (sampler === 'sgld' ? 0.1 : 1 / Math.cbrt(anchor.length)) /
      (flat ?? inverseTemperature * steep.curvature + localization);
  if (!(stepSize < Infinity)) {
    throw new InputError(
      'landscape.learningCoefficientOf: expected curvature at the anchor or a localization above 0 to choose a step by, got neither; name a step size',
    );
  }
  const sampling = {inverseTemperature, localization};
  const found = await localLearningCoefficient(objective, anchor, {
    generator: createGenerator(seed, 'measure', 'langevin'),
    ...sampling,
    stepSize,
    draws: steps,
    chains,
    metropolis: sampler === 'mala',
    signal,
    ...(onProgress && {onProgress: (done, total) => onProgress(done / total)}),
  });
  const exactAt = (step: number): number | null => {
    const value = known?.learningCoefficient({...sampling, stepSize: step}) ?? null;
    return value !== null && Number.isFinite(value) ? value : null;
  };
  return {
    subject: subject.name,
    learningCoefficient: found.coefficient,
    standardError: found.standardError,
    chainSpread: found.chainSpread,
    rHat: found.rHat,
    chains: found.chains.map(({coefficient, acceptance}) => ({coefficient, acceptance})),
    sampler,
    steps,
    stepSize,
    method: steep.method,
    ...sampling,
    dimension: anchor.length,
    anchorLoss: found.anchorLoss,
    exact: exactAt(0),
    exactAtStepSize: exactAt(sampler === 'sgld' ? stepSize : 0),
    warning: found.warning,
    seed,
    notes: [
      ...subject.notes,
      ...(found.rHat !== null && found.rHat > LARGEST_R_HAT
        ? [
            `split-R̂ is ${found.rHat.toPrecision(3)}, above ${LARGEST_R_HAT}: the chains have not settled; take more steps`,
          ]
        : []),
      ...(disagree(found) ? ['the chains differ by more than their own errors: take more steps'] : []),
    ],
  };
}

/** Whether the error that the chains' spread implies is far above that within them. */
function disagree({chains, chainSpread, standardError}: LearningCoefficient): boolean {
  return (
    chainSpread !== null &&
    standardError !== null &&
    chainSpread / Math.sqrt(chains.length) > 2 * standardError
  );
}

/** Largest curvature at the anchor, roughly: it only sets a step. */
async function steepest(
  subject: Subject,
  options: MeasureOptions,
): Promise<{readonly curvature: number; readonly method: HessianOperator['method']}> {
  const {seed, signal} = options;
  const operator = await operatorOf(subject, rawCoordinates(subject.anchor.length), options);
  const {value} = await largestEigenvalue(operator, {
    generator: createGenerator(seed, 'measure', 'steepest'),
    maximumSteps: 50,
    tolerance: 0.01,
    signal,
  });
  return {curvature: Math.abs(value), method: operator.method};
}
