/** Perceptrons of the plane from files of unknown origin: everything is looked at before anything is computed. */
import {InputError, importParameters, printable} from '@minefield/core';
import {type Model, activationIn, mlp, mlpRules, thetaOf} from '@minefield/models';
import {type DecodedSafetensors, type DecodedTensor, decodeSafetensors} from '@minefield/safetensors';

export interface PerceptronFile {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** `[P]` */
  readonly theta: Float32Array;
  /** What the file says of itself. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether the file says that ReLUs follow its hidden layers, which no tensor tells. */
  readonly saysRelu: boolean;
}

/** More than any network here has, and few enough that a phone measures them in a minute. */
const MOST_PARAMETERS = 200_000;
const WIDEST = 2048;

/**
 * A ReLU perceptron of two inputs and one output: tensors `dense<i>/kernel` `[in, out]` and `dense<i>/bias`, or the
 * `0.weight` `[out, in]`, `0.bias`, `2.weight` and so on of an `nn.Sequential` of PyTorch.
 *
 * @throws {InputError} saying what is wrong with the file
 * @throws {SafetensorsError} where it is no such file
 */
export function readPerceptron(bytes: Uint8Array): PerceptronFile {
  const decoded = decodeSafetensors(bytes, {headerBytes: 1_000_000, tensors: 100});
  const {tensors, metadata} = decoded;
  const activation = activationIn(metadata['model'] ?? '') ?? metadata['activation'];
  if (activation !== undefined && activation.toLowerCase() !== 'relu')
    throw new InputError(
      `Only ReLUs can be measured here; the file says that its activation is “${printable(activation, 40)}”.`,
    );
  const widths = widthsOf(tensors);
  const [inputs, ...rest] = widths;
  const outputs = rest.pop();
  if (inputs !== 2 || outputs !== 1)
    throw new InputError(
      `A network from 2 inputs to 1 output can be measured here; this one goes ${widths.join('–')}.`,
    );
  const parameters = widths.slice(1).reduce((sum, width, i) => sum + width * ((widths[i] ?? 0) + 1), 0);
  if (parameters > MOST_PARAMETERS || rest.some((width) => width > WIDEST)) {
    throw new InputError(
      `At most ${MOST_PARAMETERS.toLocaleString('en-US')} parameters can be measured here; this network has ${parameters.toLocaleString('en-US')}.`,
    );
  }
  const model = mlp({inputs, hidden: rest, outputs});
  const theta = parametersOf(decoded, model);
  const wrong = theta.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new InputError(`Weight ${wrong} of the file is ${theta[wrong]}: the training diverged.`);
  const ours = /^[0-9a-f]{64}$/.test(metadata['identity'] ?? '') && metadata['model'] !== undefined;
  return {hidden: rest, theta, metadata, saysRelu: activation !== undefined || ours || rest.length === 0};
}

function parametersOf(decoded: DecodedSafetensors, model: Model): Float32Array {
  const {tensors} = decoded;
  return tensors.some(({name}) => NUMBERED.test(name))
    ? importParameters(tensors, model.layout, mlpRules(tensors, model)).theta
    : thetaOf(decoded, model.layout);
}

const NUMBERED = /^(?:.*\.)?(\d{1,4})\.weight$/;
const DENSE = /^dense(\d{1,4})\/kernel$/;

/** Layer widths from inputs to outputs, by the shapes of the matrices. */
function widthsOf(tensors: readonly DecodedTensor[]): readonly number[] {
  const found = tensors.flatMap(({name, shape}) => {
    const [, dense] = DENSE.exec(name) ?? [];
    const [, numbered] = NUMBERED.exec(name) ?? [];
    const place = dense ?? numbered;
    if (place === undefined || shape.length !== 2) return [];
    const [first = 0, second = 0] = shape;
    return [{place: Number(place), sizes: dense === undefined ? [second, first] : [first, second]}];
  });
  const layers = found.toSorted((a, b) => a.place - b.place).map(({sizes}) => sizes);
  if (layers.length === 0) {
    const names = tensors.slice(0, 4).map(({name}) => `“${printable(name, 40)}”`);
    throw new InputError(
      `A perceptron's tensors are called dense0/kernel, dense0/bias and so on, or 0.weight, 0.bias, 2.weight as PyTorch has it; ` +
        `this file has ${names.join(', ') || 'none'}.`,
    );
  }
  layers.forEach(([inputs], i) => {
    const before = layers[i - 1]?.[1];
    if (before !== undefined && before !== inputs)
      throw new InputError(
        `Layer ${i + 1} of the file takes ${inputs} values, but the one before it gives ${before}.`,
      );
  });
  return [layers[0]?.[0] ?? 0, ...layers.map(([, outputs]) => outputs ?? 0)];
}
