import {InputError, nearestWord} from '@minefield/core';

/** Other functions whose names are a letter or two from "relu": none of these is a slip of the finger. */
const NEIGHBOURS = ['celu', 'crelu', 'elu', 'gelu', 'prelu', 'relu6', 'rrelu', 'selu', 'silu'];

/** What a checkpoint and the command line say of a network. */
export interface NamedActivation {
  /** The checkpoint's, for the error. */
  readonly file: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** That of the command line, if any. */
  readonly named: string | undefined;
}

/**
 * Makes sure that the layers of a network are followed by ReLUs. The tensors of a checkpoint do not tell, and another function
 * in their place gives other losses without an error; so somebody has to say it: the command line, the metadata under
 * `activation`, or the metadata of this project, whose networks all have ReLUs.
 *
 * @throws {InputError} when nobody says it, or what is said is another function
 */
export function requireRelu({file, metadata, named}: NamedActivation): void {
  const {activation} = metadata;
  if (activation !== undefined && activation.toLowerCase() !== 'relu') {
    throw unmeasurable(`"${activation.slice(0, 60)}" in the metadata of ${file}`);
  }
  if (named === 'relu' || (named === undefined && (activation !== undefined || isOfThisProject(metadata))))
    return;
  if (named === undefined) {
    throw new InputError(
      `experiments.requireRelu: expected the activation between the layers of ${file}, got metadata without an "activation"; ` +
        'name it with --activation relu, if that is what its own framework computes',
    );
  }
  if (nearestWord(named, ['relu', 'tanh', ...NEIGHBOURS]) === 'relu') {
    throw new InputError(
      `experiments.requireRelu: expected the activation relu, got "${named}"; did you mean "relu"?`,
    );
  }
  throw unmeasurable(`"${named}"`);
}

function isOfThisProject({model = '', identity = ''}: Readonly<Record<string, string>>): boolean {
  return model !== '' && /^[0-9a-f]{64}$/.test(identity);
}

function unmeasurable(got: string): InputError {
  return new InputError(
    `experiments.requireRelu: expected the activation relu, the only one that a checkpoint can be measured with today, got ${got}; ` +
      'measure it where it is with --evaluator, or build the network as a TensorFlow.js Layers model, and measure it from a program with objectiveFromLayersModel of @minefield/models',
  );
}
