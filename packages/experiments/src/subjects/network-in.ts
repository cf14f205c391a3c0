import {importParameters, InputError} from '@minefield/core';
import {type Model, networkFrom, mlpRules, thetaOf} from '@minefield/models';
import type {RunRecord} from '@minefield/results';
import type {DecodedSafetensors} from '@minefield/safetensors';
import {evaluatedNetwork, networkOf} from '../materials/network.ts';
import type {CheckpointOptions} from './checkpoint-options.ts';
import {parseModel} from './parse-model.ts';
import {requireRelu} from './require-relu.ts';

/**
 * The network that a checkpoint is of, its statistics fixed, and where it stands, `[P]`.
 *
 * @param record of its run, if that is known
 * @throws {InputError} when nothing says which network it is, the tensors are those of another, or a weight is not finite
 */
export function networkIn(
  checkpoint: DecodedSafetensors,
  file: string,
  {model: name, activation}: CheckpointOptions,
  record: RunRecord | undefined,
): {readonly model: Model; readonly anchor: Float32Array} {
  const {metadata} = checkpoint;
  if (name === undefined && record !== undefined && record.spec.model.name !== 'mlp') {
    requireRelu({file, metadata, named: activation});
    const network = networkOf(record.spec.model, record.spec.dataset);
    const {theta, statistics} = networkFrom(checkpoint, network);
    const model = evaluatedNetwork(network, statistics);
    return {model, anchor: finite(theta, model, file)};
  }
  const known = name ?? metadata.model;
  if (known === undefined) {
    throw new InputError(
      `experiments.networkIn: expected metadata that name the network of ${file}, got none; ` +
        'name it with --model and --activation, such as --model mlp:2-16-1 --activation relu',
    );
  }
  const model = parseModel(known);
  const linear = model.layout.slices.filter(({role}) => role === 'kernel').length === 1;
  if (!linear || activation !== undefined) requireRelu({file, metadata, named: activation});
  return {model, anchor: finite(parametersOf(checkpoint, model), model, file)};
}

/** Of a checkpoint of this project, or of the state dict of an `nn.Sequential` in PyTorch. */
function parametersOf(checkpoint: DecodedSafetensors, model: Model): Float32Array {
  const {tensors} = checkpoint;
  const numbered = tensors.some(({name}) => /(?:^|\.)\d+\.weight$/.test(name));
  return numbered
    ? importParameters(tensors, model.layout, mlpRules(tensors, model)).theta
    : thetaOf(checkpoint, model.layout);
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
