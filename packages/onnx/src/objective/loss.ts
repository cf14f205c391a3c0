import {type NumberTensor, refusal} from './examples.ts';

/**
 * `crossEntropy` of classes from logits `[n, ..., classes]`; `logistic`, of two from one logit `[n, ...]` or `[n, ..., 1]`;
 * `meanSquaredError` of outputs and targets of one shape.
 */
export type OnnxLoss = 'crossEntropy' | 'logistic' | 'meanSquaredError';

/** What a model gave for some examples, one after another. */
export interface Outputs {
  readonly data: ArrayLike<number>;
  /** Numbers for each example. */
  readonly each: number;
}

/** A loss and the labels of all examples. */
export interface ExampleLoss {
  /** Of a class, for predictions; 0 where there is none. */
  readonly classes: number;
  /** Loss of an example, in float64, from row `row` of the outputs. */
  lossOf(example: number, outputs: Outputs, row: number): number;
  /** Logarithms of the probabilities of an example's classes, `[classes]`, where it has one label. */
  logProbabilitiesInto(out: Float32Array, at: number, outputs: Outputs, row: number): void;
}

/**
 * @param shape of the outputs of one example
 * @throws {InputError} where labels do not fit the outputs, or are no classes or numbers
 */
export function exampleLoss(
  loss: OnnxLoss,
  labels: NumberTensor,
  count: number,
  shape: readonly number[],
): ExampleLoss {
  const [examples = 0, ...each] = labels.shape;
  if (examples !== count || product(labels.shape) !== labels.data.length) {
    throw refusal(
      `labels [${count}, ...], one row for each example`,
      `[${labels.shape}] of ${labels.data.length} numbers`,
      'give as many',
    );
  }
  switch (loss) {
    case 'crossEntropy':
      return crossEntropy(labels, each, shape);
    case 'logistic':
      return logistic(labels, each, shape);
    case 'meanSquaredError':
      return meanSquaredError(labels, each, shape);
  }
}

function crossEntropy(labels: NumberTensor, each: readonly number[], shape: readonly number[]): ExampleLoss {
  const classes = shape.at(-1) ?? 1;
  if (classes < 2) {
    throw refusal(
      'logits [n, ..., classes] for a cross-entropy',
      `outputs [n, ${shape}]`,
      'ask for the logistic loss of one logit',
    );
  }
  const places = placesOf(each, shape.slice(0, -1), shape);
  const known = classesIn(labels, classes);
  return {
    classes: places === 1 ? classes : 0,
    lossOf(example, {data, each: width}, row) {
      let sum = 0;
      for (let place = 0; place < places; place++) {
        const from = row * width + place * classes;
        sum += logSum(data, from, classes) - Number(data[from + (known[example * places + place] ?? 0)]);
      }
      return sum / places;
    },
    logProbabilitiesInto(out, at, {data, each: width}, row) {
      const total = logSum(data, row * width, classes);
      for (let c = 0; c < classes; c++) out[at + c] = Number(data[row * width + c]) - total;
    },
  };
}

function logistic(labels: NumberTensor, each: readonly number[], shape: readonly number[]): ExampleLoss {
  const ends = shape.at(-1) === 1 && each.at(-1) !== 1;
  const places = placesOf(each, ends ? shape.slice(0, -1) : shape, shape);
  const known = classesIn(labels, 2);
  return {
    classes: places === 1 ? 2 : 0,
    lossOf(example, {data, each: width}, row) {
      let sum = 0;
      for (let place = 0; place < places; place++) {
        const logit = Number(data[row * width + place]);
        sum += softplus(known[example * places + place] === 1 ? -logit : logit);
      }
      return sum / places;
    },
    logProbabilitiesInto(out, at, {data, each: width}, row) {
      const logit = Number(data[row * width]);
      out[at] = -softplus(logit);
      out[at + 1] = -softplus(-logit);
    },
  };
}

function meanSquaredError(
  labels: NumberTensor,
  each: readonly number[],
  shape: readonly number[],
): ExampleLoss {
  const ends = shape.at(-1) === 1 && each.length === shape.length - 1;
  const places = placesOf(each, ends ? shape.slice(0, -1) : shape, shape);
  const targets = Float64Array.from(labels.data as ArrayLike<number | bigint>, (value, i) => {
    if (Number.isFinite(Number(value))) return Number(value);
    throw refusal('finite targets', `${value} at entry ${i}`, 'clean the data');
  });
  return {
    classes: 0,
    lossOf(example, {data, each: width}, row) {
      let sum = 0;
      for (let place = 0; place < places; place++) {
        const off = Number(data[row * width + place]) - (targets[example * places + place] ?? Number.NaN);
        sum += off * off;
      }
      return sum / places;
    },
    logProbabilitiesInto() {},
  };
}

/** How many labels an example has. */
function placesOf(each: readonly number[], wanted: readonly number[], shape: readonly number[]): number {
  if (each.join() === wanted.join()) return product(each);
  throw refusal(
    `labels [${['n', ...wanted].join(', ')}] for outputs [${['n', ...shape].join(', ')}]`,
    `[${['n', ...each].join(', ')}]`,
    'reshape them, or ask for another loss',
  );
}

function classesIn({data}: NumberTensor, classes: number): Int32Array {
  return Int32Array.from(data as ArrayLike<number | bigint>, (value, i) => {
    const label = Number(value);
    if (Number.isInteger(label) && label >= 0 && label < classes) return label;
    throw refusal(
      `labels in 0..${classes - 1}`,
      `${value} at entry ${i}`,
      'number the classes as the model does',
    );
  });
}

/** log Σ exp, without overflow. */
function logSum(data: ArrayLike<number>, from: number, count: number): number {
  let largest = -Infinity;
  for (let i = from; i < from + count; i++) {
    const value = data[i] ?? Number.NaN;
    if (!(value <= largest)) largest = value;
  }
  if (!Number.isFinite(largest)) return largest === Infinity ? Number.NaN : largest;
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += Math.exp((data[i] ?? Number.NaN) - largest);
  return largest + Math.log(sum);
}

/** log(1 + exp x), without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, length) => total * length, 1);
}
