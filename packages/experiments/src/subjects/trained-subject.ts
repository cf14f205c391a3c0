import {InputError} from '@minefield/core';
import {decodeSafetensors} from '@minefield/safetensors';
import {classifierFromModel, objectiveFromModel} from '@minefield/models';
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
import {notesOn} from './notes-on.ts';
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
  const all = examples.labels.length;
  const agreement =
    reference &&
    (await compareWithReference({
      logits: () => classifierFromModel(model, anchor).logits(examples.inputs),
      loss: () => objectiveFromModel(model, examples).loss(anchor),
      count: all,
      reference,
      file: name,
    }));
  const count = Math.min(all, options.examples ?? (model.inputShape.length > 1 ? PICTURES : all));
  const measured = firstExamples(examples, count);
  return {
    name: `${model.name} on ${count} ${count === 1 ? 'example' : 'examples'} of ${name}`,
    objective: yieldingToEventLoop(objectiveFromModel(model, measured)),
    anchor,
    examples: count,
    ...(model.rectified ? {checkOn: singleExamples(count, 1)} : checksOn(count)),
    nearestKink: (signal) => kinkOf(model, anchor, measured, signal),
    notes: [
      ...(note === undefined ? [] : [note]),
      ...notesOn({
        agreement,
        compared: (options.activation ?? options.model) !== undefined,
        measured: count,
        of: all,
        anchor,
        layout: model.layout,
      }),
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
