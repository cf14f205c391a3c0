/** What can stand on an axis or in a column: the name, unit and scale of each number that the laboratory knows of a run. */
import type {LabCutoff} from './lab-file.ts';

export type QuantityKind = 'share' | 'count' | 'number' | 'decades';

export interface Quantity {
  /** Its column in the file, its name in addresses and exports. */
  readonly key: string;
  /** Short, for the head of a column. */
  readonly label: string;
  /** Group in lists. */
  readonly group: string;
  readonly kind: QuantityKind;
  /** The scale that suits it. */
  readonly scale: 'linear' | 'log';
  /** Unit on an axis; empty for none. */
  readonly unit: string;
  /** In the table before the reader asks for more. */
  readonly main?: true;
}

const linear = {scale: 'linear', unit: ''} as const;
const share = {kind: 'share', scale: 'linear', unit: '%'} as const;
const nats = {kind: 'number', scale: 'log', unit: 'nats'} as const;
const count = {kind: 'count', scale: 'linear', unit: ''} as const;
const positive = {kind: 'number', scale: 'log', unit: ''} as const;

const TRAINING = 'What was asked';
const OUTCOME = 'What came out';
const MARGIN = 'Margin';
const CURVATURE = 'Curvature';
const COEFFICIENT = 'Learning coefficient';

const fixed: readonly Quantity[] = [
  {key: 'beta', label: 'β', group: TRAINING, kind: 'number', scale: 'log', unit: 'poison factor', main: true},
  {key: 'level', label: 'level', group: TRAINING, ...count},
  {key: 'seed', label: 'seed', group: TRAINING, ...count, main: true},
  {key: 'steps', label: 'steps', group: TRAINING, ...count},
  {key: 'parameters', label: 'parameters', group: TRAINING, ...count, scale: 'log'},
  {key: 'weights', label: 'weights that move', group: TRAINING, ...count, scale: 'log'},
  {key: 'seconds', label: 'time', group: TRAINING, kind: 'number', ...linear, unit: 'seconds'},
  {key: 'trainAccuracy', label: 'train accuracy', group: OUTCOME, ...share, main: true},
  {key: 'testAccuracy', label: 'test accuracy', group: OUTCOME, ...share, main: true},
  {key: 'freshAccuracy', label: 'accuracy on fresh points', group: OUTCOME, ...share},
  {key: 'gap', label: 'gap', group: OUTCOME, ...share, unit: 'points', main: true},
  {key: 'trainLoss', label: 'train loss', group: OUTCOME, ...nats, main: true},
  {key: 'testLoss', label: 'test loss', group: OUTCOME, ...nats},
  {
    key: 'meanMargin',
    label: 'mean margin',
    group: MARGIN,
    ...positive,
    unit: 'units of the inputs',
    main: true,
  },
  {key: 'medianMargin', label: 'median margin', group: MARGIN, ...positive, unit: 'units of the inputs'},
  {key: 'smallestMargin', label: 'smallest margin', group: MARGIN, ...positive, unit: 'units of the inputs'},
  {
    key: 'eigenvalue',
    label: 'λ',
    group: CURVATURE,
    ...positive,
    unit: 'largest eigenvalue, relative',
    main: true,
  },
  {
    key: 'eigenvalueNearby',
    label: 'λ nearby',
    group: CURVATURE,
    ...positive,
    unit: 'median where weights move by a millionth, relative',
  },
  {key: 'rawEigenvalue', label: 'λ raw', group: CURVATURE, ...positive, unit: 'largest eigenvalue, raw'},
  {
    key: 'smallestEigenvalue',
    label: 'smallest λ',
    group: CURVATURE,
    kind: 'number',
    ...linear,
    unit: 'relative',
  },
  {key: 'trace', label: 'trace', group: CURVATURE, ...positive, unit: 'of the Hessian, relative'},
  {key: 'traceError', label: 'error of the trace', group: CURVATURE, ...positive, unit: 'standard error'},
  {
    key: 'coefficient',
    label: 'LLC',
    group: COEFFICIENT,
    kind: 'number',
    ...linear,
    unit: 'local learning coefficient',
  },
  {key: 'coefficientError', label: 'error of LLC', group: COEFFICIENT, ...positive, unit: 'within chains'},
  {key: 'coefficientSpread', label: 'spread of LLC', group: COEFFICIENT, ...positive, unit: 'between chains'},
];

const atCutoff = [
  {key: 'radius', label: 'mean radius', kind: 'number', scale: 'log', unit: 'relative radius'},
  {key: 'stableVolume', label: 'volume, stable', kind: 'decades', scale: 'linear', unit: 'log₁₀, decades'},
  {key: 'volume', label: 'volume, mean over rays', kind: 'decades', scale: 'linear', unit: 'log₁₀, decades'},
  {
    key: 'stretchedVolume',
    label: 'volume, stretched rays',
    kind: 'decades',
    scale: 'linear',
    unit: 'log₁₀, decades',
  },
  {key: 'sampleSize', label: 'effective rays', kind: 'number', scale: 'log', unit: 'effective sample size'},
  {key: 'censored', label: 'rays without end', kind: 'count', scale: 'linear', unit: 'of the mean over rays'},
] as const;

/** `loss0.5`: what stands behind the key of a quantity that is measured at a cutoff. */
export function cutoffKey({kind, value}: LabCutoff): string {
  return `${kind}${value}`;
}

/** `0.5 nats`, or `0.5 nats above the minimum` */
export function cutoffText({kind, value}: LabCutoff): string {
  return kind === 'loss' ? `${value} nats` : `${value} nats above`;
}

/** All quantities, in the order in which lists and exports have them. */
export function quantitiesFor(cutoffs: readonly LabCutoff[]): readonly Quantity[] {
  const shown = cutoffs.find(({kind, value}) => kind === 'loss' && value === 0.5) ?? cutoffs[0];
  const measured = cutoffs.flatMap((cutoff) =>
    atCutoff.map(({key, label, ...rest}): Quantity => ({
      ...rest,
      key: `${key}.${cutoffKey(cutoff)}`,
      label: `${label} at ${cutoffText(cutoff)}`,
      group: `Basin at ${cutoffText(cutoff)}`,
      ...(cutoff === shown && key === 'stableVolume' && {main: true}),
    })),
  );
  return [...fixed, ...measured];
}
