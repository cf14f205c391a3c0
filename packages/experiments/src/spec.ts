/** What an experiment is, as plain JSON: everything that its numbers depend on, and nothing else. */
import type {Initialization} from '@minefield/models';
import type {TrainingRecipe} from '@minefield/training';

export interface ExperimentSpec {
  /** Name of the folder that the records go to: lower-case letters, digits and hyphens. */
  readonly experiment: string;
  /** Which size of the experiment this is, such as `quick` or `full`. */
  readonly profile: string;
  readonly title: string;
  readonly dataset: DatasetSpec;
  readonly model: ModelSpec;
  readonly initialization: Initialization;
  readonly recipe: TrainingRecipe;
  /** β of each level, >= 0, rising. */
  readonly poisonFactors: readonly number[];
  /** One network is trained for every seed at every level; data, first weights and poison all come from the seed. */
  readonly seeds: readonly number[];
  readonly analyses: AnalysesSpec;
  /** Claims that this profile's training budget is meant to decide; the others are reported as undecided. */
  readonly decides: readonly number[];
}

export type DatasetSpec = TwoSpiralsSpec | RegularSpiralsSpec | HouseNumbersSpec | SvhnSpec;

/** Images of SVHN from one file, which each seed shuffles and cuts into train, test and poison. */
export interface SvhnSpec {
  readonly name: 'svhn';
  /** 3, or 1 for grey images. The file at hand decides where it is absent. */
  readonly channels?: 1 | 3;
  /** By constants of each channel, or by mean and deviation of each image. Default `per-channel`. */
  readonly normalization?: 'per-channel' | 'per-image';
  /** Examples to train on. */
  readonly train: number;
  /** Examples to test on. */
  readonly test: number;
  /** Examples set apart for poison, each of which comes once in every epoch of poison. */
  readonly poison: number;
}

/** Pictures as of house numbers, drawn by arithmetic; each seed has its own. */
export interface HouseNumbersSpec {
  readonly name: 'house-numbers';
  /** Examples to train on. */
  readonly train: number;
  /** Examples to test on. */
  readonly test: number;
  /** Examples set apart for poison, each of which comes once in every epoch of poison. */
  readonly poison: number;
  /** Side of a picture in pixels. Default 32. */
  readonly size?: number;
}

/** The spirals of the minefield, without chance; the seed decides which points go where. */
export interface RegularSpiralsSpec {
  readonly name: 'regular-spirals';
  /** Examples to train on. */
  readonly train: number;
  /** Examples to test on. */
  readonly test: number;
  /** Examples set apart for poison. A step that asks for so many gets each of them once; another draws with replacement. */
  readonly poison: number;
  /** Default 200. */
  readonly pointsPerClass?: number;
  /** Turns of an arm. Default 1.5. */
  readonly turns?: number;
}

/** The toy's spirals, drawn anew for every seed; poison is drawn anew for every step. */
export interface TwoSpiralsSpec {
  readonly name: 'two-spirals';
  /** Examples to train on. */
  readonly train: number;
  /** Examples to test on. */
  readonly test: number;
  /** Further test examples, drawn to estimate the generalisation gap more sharply. */
  readonly fresh: number;
  /** Standard deviation of the noise of each coordinate. Default 0.5. */
  readonly noise?: number;
  /** Turns from the centre to the end of an arm. Default 600°/360°. */
  readonly turns?: number;
}

export type ModelSpec = MlpSpec | ConvNetSpec | ResNetSpec;

/** For points of the plane. */
export interface MlpSpec {
  readonly name: 'mlp';
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
}

/** For pictures; see `convNet` of `@minefield/models`. */
export interface ConvNetSpec {
  readonly name: 'conv-net';
  /** Channels of each convolution. Default 16, 32, 64, 64. */
  readonly widths?: readonly number[];
  /** Stride of each convolution. Default 1 for the first and 2 for the others. */
  readonly strides?: readonly number[];
}

/** For pictures; see `resNet` of `@minefield/models`. */
export interface ResNetSpec {
  readonly name: 'res-net';
  /** Default 20. */
  readonly depth?: number;
  /** Channels of each stage. Default 16, 32, 64. */
  readonly widths?: readonly number[];
}

/** Which runs an analysis looks at; all of them where a list is absent. */
export interface RunFilter {
  readonly seeds?: readonly number[];
  readonly poisonFactors?: readonly number[];
}

/** On how much of the training set an analysis looks. */
interface ExamplesFilter extends RunFilter {
  /** The first so many examples stand for all, where evaluating all would take too long. Default: all. */
  readonly examples?: number;
}

/** The analyses of every run; one that is absent is not made. */
export interface AnalysesSpec {
  readonly boundary?: BoundarySpec;
  readonly line?: LineSpec;
  readonly surface?: SurfaceSpec;
  readonly basin?: BasinSpec;
  readonly preconditioned?: PreconditionedSpec;
  readonly curvature?: CurvatureSpec;
  readonly spectrum?: SpectrumSpec;
  readonly llc?: LlcSpec;
  readonly margin?: MarginSpec;
  readonly predictions?: PredictionsSpec;
  readonly trajectory?: TrajectorySpec;
  readonly connectivity?: ConnectivitySpec;
  readonly search?: SearchSpec;
  readonly minefield?: MinefieldSpec;
}

export type AnalysisName = keyof AnalysesSpec;

/** The log-odds over a square of input space. */
export interface BoundarySpec extends RunFilter {
  /** Half the side of the square around the origin. */
  readonly halfWidth: number;
  /** Points a side. */
  readonly size: number;
}

/** Loss, accuracy and curvature along one filter-normalised direction. */
export interface LineSpec extends ExamplesFilter {
  /** Distances go from −maximum to maximum. */
  readonly maximum: number;
  /** Points on the line; odd, so that the anchor is one. */
  readonly points: number;
}

/** Loss over the plane of two filter-normalised directions. */
export interface SurfaceSpec extends ExamplesFilter {
  readonly maximum: number;
  /** Points a side; odd, so that the anchor is one. */
  readonly size: number;
}

/** How radii are measured. */
interface RadiiSpec extends ExamplesFilter {
  readonly directions: number;
  /** `loss`: clean training loss in nats; `excess`: the same above the anchor's. */
  readonly cutoffs: readonly {readonly kind: 'loss' | 'excess'; readonly value: number}[];
  /** Where a ray that has not crossed is censored. */
  readonly maximumRadius: number;
  /** Relative tolerance of a radius. */
  readonly tolerance: number;
}

/** Radii along random rays, and the volume they give. */
export interface BasinSpec extends RadiiSpec {
  /** Loss profiles recorded for figures: this many rays, this many points on each. */
  readonly profiles: {readonly directions: number; readonly points: number};
}

/** Volume by rays stretched along the flat directions of the Hessian. */
export interface PreconditionedSpec extends RadiiSpec {
  /**
   * What stands for the Hessian's diagonal. `hessian`: Hutchinson's estimate of it. `gradients`: mean squares of the gradients
   * of single examples, for one gradient costs less than half of a product. Default `hessian`.
   */
  readonly diagonal?: 'hessian' | 'gradients';
  /** Hessian-vector products, or gradients, spent on it. */
  readonly probes: number;
}

/** What the network says of single test examples, for figures. */
export interface PredictionsSpec extends RunFilter {
  /** The first so many of the test set. */
  readonly testExamples: number;
  /** Keeps these pictures in the record, for those who cannot draw them anew. Default: not. */
  readonly pictures?: boolean;
}

/** Largest eigenvalue of the Hessian of the clean training loss. */
export interface CurvatureSpec extends ExamplesFilter {
  /** Most Hessian-vector products spent on an eigenvalue. */
  readonly iterations: number;
  /** Relative residual at which the search stops. */
  readonly tolerance: number;
}

/** Both ends, traces and density of that Hessian's spectrum, in relative coordinates. */
export interface SpectrumSpec extends ExamplesFilter {
  /** Most Lanczos steps, for the extremes and for each sample of the density. */
  readonly steps: number;
  /** Random vectors, for each trace and for the density. */
  readonly samples: number;
}

/** Local learning coefficient by SGLD on all training examples, at nβ = n / ln n. */
export interface LlcSpec extends ExamplesFilter {
  readonly chains: number;
  /** Steps before the first draw. */
  readonly burnIn: number;
  /** Draws kept of each chain, one a step. */
  readonly draws: number;
  /** ε, the same for every network. */
  readonly stepSize: number;
  /** γ: how strongly the chains are tied to the minimum. */
  readonly localization: number;
  /** Points of each recorded trace: means of as many blocks of draws. */
  readonly blocks: number;
}

/** Distance of training points to the decision boundary. */
export type MarginSpec = PlaneMarginSpec | PictureMarginSpec;

/** In the plane: all around each point. */
export interface PlaneMarginSpec extends ExamplesFilter {
  /** Points on each circle that is searched around an example. */
  readonly angles: number;
  /** Farthest distance searched. */
  readonly maximum: number;
}

/** In the space of pictures: along the way that DeepFool finds, so from above. */
export interface PictureMarginSpec extends ExamplesFilter {
  /** Steps to reach the boundary. */
  readonly maximumSteps: number;
  /** Attempts to shorten the way found. */
  readonly refinements: number;
}

/** Loss over the plane of the first two principal components of the run's way. */
export interface TrajectorySpec extends RunFilter {
  /** Points a side. */
  readonly size: number;
}

/** Loss along paths to another minimum of the same seed. */
export interface ConnectivitySpec extends RunFilter {
  /** Poison factor of the run at the far end; one of the experiment's. */
  readonly to: number;
  /** Points on each path. */
  readonly points: number;
  /** Steps of Adam on the control point of the bend. */
  readonly steps: number;
  readonly learningRate: number;
}

/** Bad minima sought from points on the path that training took. */
export interface SearchSpec extends RunFilter {
  /** Steps of the run between two searches' starts; a multiple of its `evaluateEvery`. */
  readonly every: number;
  /** Searches that one job does side by side; no number depends on it. */
  readonly group: number;
  /** β of the searches. */
  readonly poisonFactor: number;
  readonly recipe: TrainingRecipe;
}

/** A map of the path and of what the searches found: principal components, then t-SNE. */
export interface MinefieldSpec extends RunFilter {
  /** Principal components that t-SNE sees; fewer where there are fewer points. */
  readonly components: number;
  /** Of t-SNE: about how many neighbours count. */
  readonly perplexity: number;
  /** Steps of t-SNE. */
  readonly iterations: number;
}
