import {importParameters, InputError, printable} from '@minefield/core';
import {type Model, isNormalized, mlpRules, modelFromName, networkFrom, thetaOf} from '@minefield/models';
import type {DecodedSafetensors} from '@minefield/safetensors';
import {evaluatedNetwork} from '../materials/network.ts';
import {activationOf} from './activation-of.ts';
import {OTHER_DOORS} from './other-doors.ts';
import type {CheckpointOptions} from './checkpoint-options.ts';

/** What the tensors of this project's ConvNets are called. */
const OF_CONV_NET = /\/(?:kernel|bias|gamma|beta|moving_mean|moving_variance)$/;

/**
 * The network that a checkpoint is of, its statistics fixed, and where it stands, `[P]`.
 *
 * @throws {InputError} when nothing says which network it is, the tensors are those of another, or a weight is not finite
 */
export function networkIn(
  checkpoint: DecodedSafetensors,
  file: string,
  {model: name, activation: named}: CheckpointOptions,
): {readonly model: Model; readonly anchor: Float32Array} {
  const {metadata} = checkpoint;
  requireKind(checkpoint, file);
  const known = name ?? metadata['model'];
  if (known === undefined) {
    throw new InputError(
      `experiments.networkIn: expected metadata that name the network of ${file}, got none; ` +
        'name it with --model and --activation, such as --model mlp:2-16-1 --activation relu',
    );
  }
  const assumed = modelFromName(known);
  if (isNormalized(assumed)) {
    const said = named ?? metadata['activation'];
    if (said !== undefined && activationOf({file, metadata, named, model: name}) !== 'relu') {
      throw new InputError(
        `experiments.networkIn: expected the activation relu of ${assumed.name}, got "${printable(said, 60)}"; leave it out`,
      );
    }
    const {theta, statistics} = networkFrom(checkpoint, assumed);
    const model = evaluatedNetwork(assumed, statistics);
    return {model, anchor: finite(theta, model, file)};
  }
  const linear = assumed.layout.slices.filter(({role}) => role === 'kernel').length === 1;
  const model =
    linear && named === undefined
      ? assumed
      : (modelFromName(known, activationOf({file, metadata, named, model: name})) as Model);
  return {model, anchor: finite(parametersOf(checkpoint, model), model, file)};
}

/** @throws {InputError} when a tensor shows that the file is of a network of another kind */
function requireKind({tensors}: DecodedSafetensors, file: string): void {
  const [other] = tensors
    .filter((tensor) => !isOfPerceptron(tensor) && !OF_CONV_NET.test(tensor.name))
    .toSorted((a, b) => b.shape.length - a.shape.length);
  if (other === undefined) return;
  throw new InputError(
    `experiments.networkIn: expected the tensors of a perceptron, or of a ConvNet of this project, in ${file}, ` +
      `got "${printable(other.name, 80)}" [${other.shape}]; ${OTHER_DOORS}`,
  );
}

function isOfPerceptron({name, shape}: DecodedSafetensors['tensors'][number]): boolean {
  return /(?:^|[./])(?:weight|kernel)$/.test(name) ? shape.length === 2 : name.endsWith('bias');
}

/** Of a checkpoint of this project, or of a perceptron whose layers have names of its own. */
function parametersOf(checkpoint: DecodedSafetensors, model: Model): Float32Array {
  const {tensors} = checkpoint;
  return tensors.some(({name}) => name === model.layout.slices[0]?.name)
    ? thetaOf(checkpoint, model.layout)
    : importParameters(tensors, model.layout, mlpRules(tensors, model)).theta;
}

function finite(anchor: Float32Array, {layout}: Model, file: string): Float32Array {
  const index = anchor.findIndex((value) => !Number.isFinite(value));
  if (index === -1) return anchor;
  const slice = layout.slices.find(({offset, size}) => index < offset + size);
  throw new InputError(
    `experiments.networkIn: expected finite weights in ${file}, got ${anchor[index]} in "${slice?.name}"; ` +
      'the training diverged, take an earlier checkpoint',
  );
}
