import {InputError} from '@minefield/core';
import type {LabeledExamples, Model} from '@minefield/models';
import type {RunRecord} from '@minefield/results';
import type {DatasetSpec} from '@minefield/spec';
import {toyProfiles} from '@minefield/spec';
import type {DataSources} from '../materials/data-source.ts';
import {dataSources, sourceOf} from '../materials/data-sources.ts';
import {type DecodedExamples, type ExampleForm, decodeExamples} from './decode-examples.ts';
import {readBytes} from './read-bytes.ts';
import type {Reference} from './reference.ts';

/** Examples, and how they were found. */
export interface NamedExamples {
  readonly name: string;
  readonly examples: LabeledExamples;
  readonly note?: string;
  /** What the network's own framework made of them. */
  readonly reference?: Reference | undefined;
}

/**
 * The examples that `--data` names: `two-spirals:<seed>`, the toy's training set of that seed, or a safetensors file.
 *
 * @throws {InputError} when there is no such data, or they do not fit the network
 */
export async function examplesNamed(
  data: string,
  model: ExampleForm,
): Promise<NamedExamples & DecodedExamples> {
  const seed = /^two-spirals:(\d{1,15})$/.exec(data)?.[1];
  if (seed !== undefined) {
    const examples = fitting(toyProfiles.full.dataset, Number(seed), model);
    return {name: data, examples, inputShape: [2], reference: undefined};
  }
  if (!data.endsWith('.safetensors')) {
    throw new InputError(
      `experiments.examplesNamed: expected two-spirals:<seed> or a file that ends in .safetensors as data, got "${data}"`,
    );
  }
  const bytes = await readBytes(data, 'data');
  return {name: data, ...decodeExamples(bytes, model)};
}

/**
 * The training set of a checkpoint of this project: that of its run record or, without one, by the seed in its metadata, the
 * toy's.
 *
 * @param file the checkpoint's
 * @throws {InputError} when the metadata name no seed, or the record's data cannot be drawn again
 */
export function examplesOfCheckpoint(
  file: string,
  {seed = ''}: Readonly<Record<string, string>>,
  record: RunRecord | undefined,
  model: Model,
  sources: DataSources,
): NamedExamples {
  if (!/^\d{1,15}$/.test(seed)) {
    throw new InputError(
      `experiments.examplesOfCheckpoint: expected the training data of ${file}, got metadata without a seed; name them with --data`,
    );
  }
  if (record === undefined) {
    const name = `two-spirals:${seed}`;
    const note = `no run record beside the checkpoint: taken for one of the toy experiment, trained on ${name}`;
    return {name, examples: fitting(toyProfiles.full.dataset, Number(seed), model), note};
  }
  const {dataset} = record.spec;
  const source = sourceOf(sources, dataset);
  if (source.missing !== null) {
    throw new InputError(
      `experiments.examplesOfCheckpoint: expected the examples that ${file} was trained on, got no file of them; ${source.missing}`,
    );
  }
  if (source.fingerprint(dataset, record.seed) !== record.dataset.fingerprint) {
    throw new InputError(
      `experiments.examplesOfCheckpoint: expected the data ${record.dataset.fingerprint.slice(0, 12)} of the run of ${file}, ` +
        'got others from its seed; name them with --data',
    );
  }
  return {name: `${dataset.name}:${seed}`, examples: source.draw(dataset, record.seed).train};
}

function fitting(dataset: DatasetSpec, seed: number, model: ExampleForm): LabeledExamples {
  if (model.inputShape.join() !== '2') {
    throw new InputError(
      `experiments.examplesNamed: expected a network of 2 inputs for two-spirals, got ${model.name}; name other data`,
    );
  }
  const sources = dataSources();
  return sourceOf(sources, dataset).draw(dataset, seed).train;
}
