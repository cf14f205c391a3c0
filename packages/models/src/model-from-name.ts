import {InputError, printable} from '@minefield/core';
import {ACTIVATIONS, type Activation} from './activations.ts';
import type {Model} from './model.ts';
import {mlp} from './mlp.ts';
import {convNet} from './normalized/conv-net.ts';
import type {NormalizedModel} from './normalized/normalized-model.ts';
import {resNet} from './normalized/res-net.ts';

/** Sizes beyond this are a slip of the finger, or of a stranger's file. */
const LARGEST = 1_000_000;

/** Deeper networks than any; each layer costs some memory before a file is even looked at. */
const DEEPEST = 1000;

/** The words of a perceptron's name after its widths. */
const PERCEPTRON = new RegExp(
  `^mlp (?<widths>\\d+(?:-\\d+)+)(?: (?<activation>${ACTIVATIONS.join('|')}))?(?<free> bias-free)?$`,
);
const CONV_NET = /^conv-net (?<image>\d+x\d+x\d+) (?<units>\d+\/\d+(?:-\d+\/\d+)*) (?<classes>\d+)$/;
const RES_NET = /^res-net-(?<depth>\d+) (?<image>\d+x\d+x\d+) (?<widths>\d+(?:-\d+)*) (?<classes>\d+)$/;

/**
 * The network of a name, which says all of its architecture: that of {@link Model.name}, as it stands in a checkpoint's metadata
 * under `model`; or the same with colons for spaces, which a command line needs not quote.
 *
 * @param activation of a perceptron whose name says none. Default `relu`, as names of this project have it
 * @throws {InputError} when the name is none
 * @example modelFromName('mlp 2-16-16-1 tanh') // or mlp:2-16-16-1:tanh
 * @example modelFromName('conv-net 32x32x1 16/1-32/2-64/2-64/2 10') // channels and stride of each convolution
 * @example modelFromName('res-net-20 32x32x3 16-32-64 10')
 */
export function modelFromName(name: string, activation: Activation = 'relu'): Model | NormalizedModel {
  const plain = name.slice(0, 10_000).replaceAll(':', ' ');
  const perceptron = PERCEPTRON.exec(plain)?.groups;
  if (perceptron !== undefined) {
    const [inputs = 0, ...hidden] = sizes(name, perceptron['widths']);
    const outputs = hidden.pop() ?? 0;
    const own = (perceptron['activation'] ?? activation) as Activation;
    return mlp({inputs, hidden, outputs, activation: own, bias: perceptron['free'] === undefined});
  }
  const convolutions = CONV_NET.exec(plain)?.groups;
  if (convolutions !== undefined) {
    const units = sizes(name, convolutions['units']);
    return convNet({
      ...pictures(name, convolutions),
      widths: units.filter((_, i) => i % 2 === 0),
      strides: units.filter((_, i) => i % 2 === 1),
    });
  }
  const residual = RES_NET.exec(plain)?.groups;
  if (residual === undefined) throw unknown(name);
  const [depth = 0] = sizes(name, residual['depth'], DEEPEST);
  return resNet({...pictures(name, residual), depth, widths: sizes(name, residual['widths'])});
}

/** The activation that the name of a perceptron says; undefined where it says none, or is that of another network. */
export function activationIn(name: string): Activation | undefined {
  const word = PERCEPTRON.exec(name.slice(0, 10_000).replaceAll(':', ' '))?.groups?.['activation'];
  return ACTIVATIONS.find((activation) => activation === word);
}

/**
 * What metadata have to say of a network, for {@link modelFromName} to make it again and for others to know what no tensor tells:
 * `model`, its name, and `activation`, where it is a network of this package.
 */
export function architectureOf({name}: {readonly name: string}): Readonly<Record<string, string>> {
  const ours = [PERCEPTRON, CONV_NET, RES_NET].some((pattern) => pattern.test(name));
  return {model: name, ...(ours && {activation: activationIn(name) ?? 'relu'})};
}

function pictures(
  name: string,
  {image, classes: count}: Readonly<Record<string, string>>,
): {readonly inputShape: readonly [number, number, number]; readonly classes: number} {
  const [height = 0, width = 0, channels = 0] = sizes(name, image);
  const [classes = 0] = sizes(name, count);
  return {inputShape: [height, width, channels], classes};
}

function sizes(name: string, text = '', largest = LARGEST): number[] {
  const numbers = text.split(/[^\d]/).map(Number);
  if (numbers.length <= 2 * DEEPEST && numbers.every((size) => size >= 1 && size <= largest)) return numbers;
  throw unknown(name);
}

function unknown(name: string): InputError {
  return new InputError(
    `models.modelFromName: expected a network such as mlp:2-23-16-1 (layer widths from inputs to outputs), ` +
      `mlp:2-16-1:tanh:bias-free, conv-net:32x32x1:16/1-32/2:10 or res-net-20:32x32x3:16-32-64:10, got "${printable(name, 60)}"; ` +
      `activations are ${ACTIVATIONS.join(', ')}`,
  );
}
