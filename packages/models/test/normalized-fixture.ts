import {readFileSync} from 'node:fs';
import {importParameters} from '@minefield/core';
import {type DecodedTensor, decodeSafetensors} from '@minefield/safetensors';
import type {NormalizedModel} from '../src/normalized/normalized-model.ts';
import {pytorchNormalizedRules, statisticsFromState} from '../src/normalized/pytorch-normalized-rules.ts';

/** Of fixtures/make-normalized.py. */
export const TRAIN_COUNT = 5;

function readTensors(file: string): readonly DecodedTensor[] {
  return decodeSafetensors(readFileSync(new URL(`fixtures/${file}.safetensors`, import.meta.url))).tensors;
}

/** A network of fixtures/make-normalized.py in our order, and what PyTorch says of it. */
export function normalizedFixture(name: string, model: NormalizedModel) {
  const rules = pytorchNormalizedRules(model);
  const {theta, state} = importParameters(readTensors(name), model.layout, rules);
  const reference = readTensors(`${name}-reference`);
  const numbers = (tensor: string): Float64Array =>
    Float64Array.from(reference.find((other) => other.name === tensor)?.data ?? [], Number);
  const behind = (prefix: string) =>
    reference
      .filter((tensor) => tensor.name.startsWith(prefix))
      .map((tensor) => ({...tensor, name: tensor.name.slice(prefix.length)}));
  const vector = (prefix: string): Float32Array =>
    importParameters(
      behind(prefix),
      model.layout,
      rules.filter((rule) => 'slice' in rule),
    ).theta;
  const moments = behind('moments/').map(({name: tensor, data}) => {
    const rule = rules.find((other) => other.tensor === tensor);
    return {name: String(rule !== undefined && 'state' in rule && rule.state), data: data as Float64Array};
  });
  return {
    theta,
    statistics: statisticsFromState(model, state),
    inputs: Float32Array.from(numbers('inputs')),
    labels: [...numbers('labels')],
    training: numbers('training'),
    frozen: numbers('frozen'),
    moments: statisticsFromState(model, moments),
    loss: numbers('loss')[0] ?? Number.NaN,
    gradient: vector('gradient/'),
    after: vector('after/'),
    direction: vector('direction/'),
    product: vector('product/'),
  };
}
