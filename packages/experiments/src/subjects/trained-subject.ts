import {filtersOf, InputError} from '@minefield/core';
import {decodeSafetensors} from '@minefield/safetensors';
import {objectiveFromModel} from '@minefield/models';
import type {RunRecord} from '@minefield/results';
import {recordBeside} from '@minefield/results/node';
import {openDataSources} from '../materials/data-sources.ts';
import {firstExamples} from '../materials/experiment-data.ts';
import {startNumerics} from '../execute/numerics.ts';
import {yieldingToEventLoop} from '../measurements/yield-to-event-loop.ts';
import {kinkOf} from '../measurements/kinks.ts';
import {checksOn, singleExamples} from '../measurements/single-examples.ts';
import {compareWithReference} from './compare-with-reference.ts';
import {examplesNamed, examplesOfCheckpoint} from './examples-of.ts';
import {networkIn} from './network-in.ts';
import {readBytes} from './read-bytes.ts';
import type {CheckpointOptions} from './checkpoint-options.ts';
import type {Subject} from '@minefield/landscape';

/** Of pictures, so many training examples stand for all, unless the caller says how many. */
const PICTURES = 256;

/** What {@link checkpointSubject} does. */
export async function trainedSubject(file: string, options: CheckpointOptions): Promise<Subject> {
  const checkpoint = decodeSafetensors(await readBytes(file, 'a checkpoint'));
  const {metadata} = checkpoint;
  const {identity = ''} = metadata;
  // Of SVHN's images, the record says which the network was trained on.
  const images = options.data?.endsWith('.mat') ? options.data : undefined;
  const elsewhere = images === undefined ? options.data : undefined;
  const record =
    options.model === undefined || elsewhere === undefined ? await recordBeside(file, identity) : undefined;
  if (images !== undefined) requireTrainedOnImages(file, images, record);
  const {model, anchor} = networkIn(checkpoint, file, options);
  const files = images === undefined ? {} : {svhn: {path: images, allowUnofficial: true as const}};
  const {name, examples, note, reference} =
    elsewhere === undefined
      ? examplesOfCheckpoint(file, metadata, record, model, await openDataSources(files))
      : await examplesNamed(elsewhere, model);
  await startNumerics(options.backend);
  const agreement =
    reference && (await compareWithReference({model, anchor, examples, reference, file: name}));
  const all = examples.labels.length;
  const count = Math.min(all, options.examples ?? (model.inputShape.length > 1 ? PICTURES : all));
  const measured = firstExamples(examples, count);
  const resting = filtersOf(model.layout).filter(({entries}) => entries.every((i) => anchor[i] === 0)).length;
  return {
    name: `${model.name} on ${count} ${count === 1 ? 'example' : 'examples'} of ${name}`,
    objective: yieldingToEventLoop(objectiveFromModel(model, measured)),
    anchor,
    examples: count,
    ...(model.rectified ? {checkOn: singleExamples(count, 1)} : checksOn(count)),
    nearestKink: (signal) => kinkOf(model, anchor, measured, signal),
    notes: [
      ...(note === undefined ? [] : [note]),
      ...(agreement === undefined ? [] : [agreement]),
      ...((options.activation ?? options.model) !== undefined && agreement === undefined
        ? [
            'not compared with what its own framework computes: beside "inputs" and "labels" the data may carry "logits" and "loss"',
          ]
        : []),
      ...(count < all
        ? [`the first ${count} of ${all} examples stand for all; --examples says how many`]
        : []),
      ...(resting > 0
        ? [`${resting} wholly zero filters have no scale: they rest in relative coordinates`]
        : []),
    ],
  };
}

/** @throws {InputError} when the run of a checkpoint would not look at the file */
function requireTrainedOnImages(file: string, data: string, record: RunRecord | undefined): void {
  const dataset = record?.spec.dataset.name ?? 'two-spirals';
  if (dataset === 'svhn') return;
  throw new InputError(
    `experiments.trainedSubject: expected ${file} to be trained on SVHN's images for data from ${data}, got ${
      record === undefined ? 'no run record beside it that says so' : dataset
    }; leave the data out, or name others`,
  );
}
