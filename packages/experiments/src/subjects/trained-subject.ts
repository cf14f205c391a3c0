import {filtersOf, importParameters, InputError} from '@minefield/core';
import {type DecodedSafetensors, decodeSafetensors} from '@minefield/safetensors';
import {type Model, networkFrom, objectiveFromModel, pytorchMlpRules, thetaOf} from '@minefield/models';
import type {RunRecord} from '@minefield/results';
import {recordBeside} from '@minefield/results/node';
import {openDataSources} from '../materials/data-sources.ts';
import {firstExamples} from '../materials/experiment-data.ts';
import {evaluatedNetwork, networkOf} from '../materials/network.ts';
import {startNumerics} from '../execute/numerics.ts';
import {yieldingToEventLoop} from '../measurements/yield-to-event-loop.ts';
import {kinkOf} from '../measurements/kinks.ts';
import {singleExamples} from '../measurements/single-examples.ts';
import {examplesNamed, examplesOfCheckpoint} from './examples-of.ts';
import {parseModel} from './parse-model.ts';
import {readBytes} from './read-bytes.ts';
import type {CheckpointOptions} from './checkpoint-options.ts';
import type {Subject} from '@minefield/landscape';

/** Of pictures, so many training examples stand for all, unless the caller says how many. */
const PICTURES = 256;

/** What {@link checkpointSubject} does. */
export async function trainedSubject(file: string, options: CheckpointOptions): Promise<Subject> {
  const checkpoint = decodeSafetensors(await readBytes(file, 'a checkpoint'));
  const {metadata} = checkpoint;
  const {data} = options;
  const elsewhere = data === undefined || isImages(data) ? undefined : data;
  const record =
    options.model === undefined || elsewhere === undefined
      ? await recordBeside(file, metadata['identity'] ?? '')
      : undefined;
  const {model, anchor} = networkIn(checkpoint, file, options.model, record);
  refuseNonFinite(anchor, model, file);
  const images = data !== undefined && isImages(data) ? {svhn: {path: data, allowUnofficial: true}} : {};
  const {name, examples, note} =
    elsewhere === undefined
      ? examplesOfCheckpoint(file, metadata, record, model, await openDataSources(images))
      : await examplesNamed(elsewhere, model);
  await startNumerics(options.backend);
  const all = examples.labels.length;
  const count = Math.min(all, options.examples ?? (model.inputShape.length > 1 ? PICTURES : all));
  const measured = firstExamples(examples, count);
  const resting = filtersOf(model.layout).filter(({entries}) => entries.every((i) => anchor[i] === 0)).length;
  return {
    name: `${model.name} on ${count} ${count === 1 ? 'example' : 'examples'} of ${name}`,
    objective: yieldingToEventLoop(objectiveFromModel(model, measured)),
    anchor,
    examples: count,
    checkOn: singleExamples(count, 1),
    nearestKink: (signal) => kinkOf(model, anchor, measured, signal),
    notes: [
      ...(note === undefined ? [] : [note]),
      ...(count < all
        ? [`the first ${count} of ${all} examples stand for all; --examples says how many`]
        : []),
      ...(resting > 0
        ? [`${resting} wholly zero filters have no scale: they rest in relative coordinates`]
        : []),
    ],
  };
}

/** Whether data are a file of SVHN's images, of which the record says which the network was trained on. */
function isImages(data: string): boolean {
  return data.endsWith('.mat');
}

/** The network that a checkpoint is of, its statistics fixed, and where it stands, `[P]`. */
function networkIn(
  checkpoint: DecodedSafetensors,
  file: string,
  name: string | undefined,
  record: RunRecord | undefined,
): {readonly model: Model; readonly anchor: Float32Array} {
  if (name === undefined && record !== undefined && record.spec.model.name !== 'mlp') {
    const network = networkOf(record.spec.model, record.spec.dataset);
    const {theta, statistics} = networkFrom(checkpoint, network);
    return {model: evaluatedNetwork(network, statistics), anchor: theta};
  }
  const known = name ?? checkpoint.metadata.model;
  if (known === undefined) {
    throw new InputError(
      `experiments.trainedSubject: expected metadata that name the network of ${file}, got none; name it with --model`,
    );
  }
  const model = parseModel(known);
  return {model, anchor: parametersOf(checkpoint, model)};
}

/** Of a checkpoint of this project, or of the state dict of an `nn.Sequential` in PyTorch. */
function parametersOf(checkpoint: DecodedSafetensors, model: Model): Float32Array {
  const {tensors} = checkpoint;
  const numbered = tensors.some(({name}) => /(?:^|\.)\d+\.weight$/.test(name));
  return numbered
    ? importParameters(tensors, model.layout, pytorchMlpRules(tensors, model)).theta
    : thetaOf(checkpoint, model.layout);
}

function refuseNonFinite(anchor: Float32Array, {layout}: Model, file: string): void {
  const index = anchor.findIndex((value) => !Number.isFinite(value));
  if (index === -1) return;
  const slice = layout.slices.find(({offset, size}) => index < offset + size);
  throw new InputError(
    `experiments.trainedSubject: expected finite weights in ${file}, got ${anchor[index]} in "${slice?.name}"; ` +
      'the training diverged, take an earlier checkpoint',
  );
}
