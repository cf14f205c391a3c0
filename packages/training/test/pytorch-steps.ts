import {readFileSync} from 'node:fs';
import {createGenerator, importParameters} from '@minefield/core';
import {decodeSafetensors} from '@minefield/safetensors';
import {convNet, pytorchNormalizedRules, resNet} from '@minefield/models';
import {train} from '../src/train.ts';

/** The networks of fixtures/make-normalized.py of the package of models. */
export const pytorchNetworks = {
  'small-conv-net': convNet({inputShape: [8, 8, 2], widths: [4, 6], strides: [1, 2], classes: 3}),
  'small-res-net': resNet({inputShape: [8, 8, 1], widths: [3, 4, 6], depth: 8, classes: 3}),
} as const;

/**
 * Takes three steps of SGD with momentum on the current backend, as PyTorch did from the same parameters.
 *
 * @returns the largest difference from where PyTorch arrived, as a share of the largest step that it took
 */
export async function missAfterThreeSteps(name: keyof typeof pytorchNetworks): Promise<number> {
  const model = pytorchNetworks[name];
  const [tensors = [], reference = []] = [name, `${name}-reference`].map((file) => {
    const path = `../../models/test/fixtures/${file}.safetensors`;
    return decodeSafetensors(readFileSync(new URL(path, import.meta.url))).tensors;
  });
  const rules = pytorchNormalizedRules(model);
  const before = importParameters(tensors, model.layout, rules).theta;
  const after = importParameters(
    reference
      .filter((tensor) => tensor.name.startsWith('after/'))
      .map((tensor) => ({...tensor, name: tensor.name.slice('after/'.length)})),
    model.layout,
    rules.filter((rule) => 'slice' in rule),
  ).theta;
  const numbers = (tensor: string) =>
    Array.from(reference.find((other) => other.name === tensor)?.data ?? [], Number);
  const [inputs, labels] = [Float32Array.from(numbers('inputs')), numbers('labels')];
  const width = inputs.length / labels.length;
  const examples = (from: number, to: number) => ({
    inputs: inputs.slice(from * width, to * width),
    labels: labels.slice(from, to),
  });
  const [clean, poison] = [examples(0, 5), examples(5, labels.length)];
  const [result] = await train(
    model,
    [
      {
        initial: before,
        poisonFactor: 0.7,
        train: clean,
        test: clean,
        poison: (intoInputs, intoLabels) => {
          intoInputs.set(poison.inputs);
          intoLabels.set(poison.labels);
        },
        generator: createGenerator(1),
      },
    ],
    {
      steps: 3,
      optimizer: {name: 'sgd', momentum: 0.9},
      learningRate: 0.05,
      schedule: {name: 'constant'},
      poisonPoints: 4,
      evaluateEvery: 3,
    },
  );
  const farthest = (differences: Float32Array): number => Math.max(...differences.map(Math.abs));
  const missed = farthest(after.map((value, i) => value - (result?.theta[i] ?? Number.NaN)));
  return missed / farthest(after.map((value, i) => value - (before[i] ?? 0)));
}
