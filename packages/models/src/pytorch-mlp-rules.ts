import {pytorchLinear, type TensorRule, InputError} from '@minefield/core';
import type {Model} from './model.ts';

/**
 * Rules that read an `nn.Sequential` of `nn.Linear` and `nn.ReLU` as an {@link mlp}: its linear layers, which are numbered among
 * the others (`0.weight`, `2.weight`, or `net.0.weight` where the Sequential has a name), become `dense0`, `dense1` and so on.
 * What lies between them leaves no trace in a state dict: that it is ReLUs is for the caller to know.
 *
 * @param tensors of the state dict; only names are looked at
 * @param model made by {@link mlp}
 * @throws {InputError} when the state dict has another number of layers than the model, or those of several Sequentials
 * @example
 * const {tensors} = decodeSafetensors(bytes);
 * const {theta} = importParameters(tensors, model.layout, pytorchMlpRules(tensors, model));
 */
export function pytorchMlpRules(tensors: readonly {readonly name: string}[], model: Model): TensorRule[] {
  const modules = tensors
    .flatMap(({name}) => /^(?<module>(?:.*\.)?\d+)\.weight$/.exec(name)?.groups?.['module'] ?? [])
    .toSorted((a, b) => position(a) - position(b));
  const prefixes = new Set(modules.map((module) => module.slice(0, module.lastIndexOf('.') + 1)));
  if (prefixes.size > 1) {
    throw new InputError(
      `models.pytorchMlpRules: expected the layers of one nn.Sequential, got ${modules.map((module) => `"${module}"`).join(', ')}; ` +
        'write the rules with pytorchLinear',
    );
  }
  const kernels = model.layout.slices.filter(({role}) => role === 'kernel');
  if (modules.length !== kernels.length) {
    throw new InputError(
      `models.pytorchMlpRules: expected ${kernels.length} numbered layers for ${model.name}, such as "0.weight", ` +
        `got ${modules.length} among ${tensors.map(({name}) => `"${name}"`).join(', ')}; ` +
        'use a checkpoint of the same architecture, or write the rules with pytorchLinear',
    );
  }
  return modules.flatMap((module, i) => pytorchLinear(module, `dense${i}`));
}

function position(module: string): number {
  return Number(module.slice(module.lastIndexOf('.') + 1));
}
