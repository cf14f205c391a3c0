import {type DecodedSafetensors, decodeSafetensors, filtersOf, importParameters} from '@minefield/core';
import {type Model, objectiveFromModel, pytorchMlpRules} from '@minefield/models';
import {thetaOf} from '../checkpoint.ts';
import {startNumerics} from '../numerics.ts';
import {singleExamples} from '../steps/single-examples.ts';
import {examplesNamed, examplesOfCheckpoint} from './examples-of.ts';
import {parseModel} from './parse-model.ts';
import {readBytes} from './read-bytes.ts';
import type {CheckpointOptions} from './checkpoint-subject.ts';
import type {Subject} from './subject.ts';

/** What {@link checkpointSubject} does. */
export async function trainedSubject(file: string, options: CheckpointOptions): Promise<Subject> {
  const checkpoint = decodeSafetensors(await readBytes(file, 'a checkpoint'));
  const {metadata} = checkpoint;
  const modelName = options.model ?? metadata.model;
  if (modelName === undefined) {
    throw new RangeError(
      `experiments.trainedSubject: expected metadata that name the network of ${file}, got none; name it with --model`,
    );
  }
  const model = parseModel(modelName);
  const anchor = parametersOf(checkpoint, model);
  refuseNonFinite(anchor, model, file);
  const {name, examples, note} =
    options.data === undefined
      ? await examplesOfCheckpoint(file, metadata, model)
      : await examplesNamed(options.data, model);
  await startNumerics(options.backend);
  const count = examples.labels.length;
  const resting = filtersOf(model.layout).filter(({entries}) => entries.every((i) => anchor[i] === 0)).length;
  return {
    name: `${model.name} on ${count} ${count === 1 ? 'example' : 'examples'} of ${name}`,
    objective: objectiveFromModel(model, examples),
    anchor,
    examples: count,
    checkOn: singleExamples(count, 1),
    notes: [
      ...(note === undefined ? [] : [note]),
      ...(resting > 0
        ? [`${resting} wholly zero filters have no scale: they rest in relative coordinates`]
        : []),
    ],
  };
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
  throw new RangeError(
    `experiments.trainedSubject: expected finite weights in ${file}, got ${anchor[index]} in "${slice?.name}"; ` +
      'the training diverged, take an earlier checkpoint',
  );
}
