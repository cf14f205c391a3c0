import {InputError, nearestWord, printable} from '@minefield/core';
import {ACTIVATIONS, type Activation, activationIn} from '@minefield/models';
import {OTHER_DOORS} from './other-doors.ts';

/** Other functions whose names are a letter or two from ours: none of these is a slip of the finger. */
const NEIGHBOURS = ['celu', 'crelu', 'elu', 'prelu', 'relu6', 'rrelu', 'selu', 'softsign', 'tanhshrink'];

/** What a checkpoint and the command line say of a network. */
export interface NamedActivation {
  /** The checkpoint's, for the error. */
  readonly file: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** That of `--activation`, if any. */
  readonly named: string | undefined;
  /** The network of `--model`, if any, whose name may say it too. */
  readonly model: string | undefined;
}

/**
 * What follows the layers of a network. The tensors of a checkpoint do not tell, and another function in its place gives other
 * losses without an error; so somebody has to say it: the command line, the metadata under `activation`, or the metadata of this
 * project, where a network that names none has ReLUs. All who say it have to agree.
 *
 * @throws {InputError} when nobody says it, two say different things, or what is said is no activation that is known here
 */
export function activationOf({file, metadata, named, model}: NamedActivation): Activation {
  const inName = activationIn(model ?? metadata['model'] ?? '');
  const own = isOfThisProject(metadata) ? (activationIn(metadata['model'] ?? '') ?? 'relu') : undefined;
  const {activation} = metadata;
  const sayings = [
    ...(named === undefined ? [] : [{says: word(named), where: '--activation'}]),
    ...(inName === undefined ? [] : [{says: inName, where: 'the name of the network'}]),
    ...(activation === undefined
      ? []
      : [{says: inMetadata(activation, file), where: `the metadata of ${file}`}]),
    ...(own === undefined ? [] : [{says: own, where: `the network that ${file} is of`}]),
  ];
  const [first, ...others] = sayings;
  if (first === undefined) {
    throw new InputError(
      `experiments.activationOf: expected the activation between the layers of ${file}, got metadata without an "activation"; ` +
        `name it with --activation relu, or what else its own framework computes among ${ACTIVATIONS.slice(1).join(', ')}`,
    );
  }
  const other = others.find(({says}) => says !== first.says);
  if (other === undefined) return first.says;
  throw new InputError(
    `experiments.activationOf: expected one activation, got "${first.says}" in ${first.where} and "${other.says}" in ${other.where}; ` +
      'leave the wrong one out',
  );
}

function isOfThisProject({model = '', identity = ''}: Readonly<Record<string, string>>): boolean {
  return model !== '' && /^[0-9a-f]{64}$/.test(identity);
}

/** From the command line, where a slip of the finger is answered. */
function word(named: string): Activation {
  const known = ACTIVATIONS.find((activation) => activation === named);
  if (known !== undefined) return known;
  const meant = nearestWord(named, [...ACTIVATIONS, ...NEIGHBOURS]);
  if (meant === undefined || NEIGHBOURS.includes(meant)) throw unmeasurable(`"${named}"`);
  throw new InputError(
    `experiments.activationOf: expected an activation among ${ACTIVATIONS.join(', ')}, got "${named}"; did you mean "${meant}"?`,
  );
}

/** From metadata, where it may be spelt as a framework spells it, such as `LeakyReLU`. */
function inMetadata(text: string, file: string): Activation {
  const letters = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/g, '');
  const known = ACTIVATIONS.find((activation) => letters(activation) === letters(text));
  if (known !== undefined) return known;
  throw unmeasurable(`"${printable(text, 60)}" in the metadata of ${file}`);
}

function unmeasurable(got: string): InputError {
  return new InputError(
    `experiments.activationOf: expected an activation among ${ACTIVATIONS.join(', ')}, got ${got}; ${OTHER_DOORS}`,
  );
}
