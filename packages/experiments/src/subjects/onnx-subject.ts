import {InputError} from '@minefield/core';
import type {Subject} from '@minefield/landscape';
import {
  type NumberTensor,
  type OnnxExamples,
  type OnnxLoss,
  type OnnxModel,
  type OnnxObjective,
  onnxObjective,
} from '@minefield/onnx';
import {loadRuntime, openOnnx} from '@minefield/onnx/node';
import {type DecodedTensor, decodeSafetensors} from '@minefield/safetensors';
import {compareWithReference} from './compare-with-reference.ts';
import {notesOn} from './notes-on.ts';
import {readBytes} from './read-bytes.ts';
import {readReference} from './reference.ts';

export interface OnnxOptions {
  /** A safetensors file: `labels`, and `inputs` or a tensor for each input of the model; `loss`, where its own framework computed it. */
  readonly data: string;
  /** The first so many examples stand for all. Default: all. */
  readonly examples?: number | undefined;
  /** Default: as the outputs say. */
  readonly loss?: OnnxLoss | undefined;
  /** As those of `readOnnx`. */
  readonly parameters?: number | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly untie?: boolean | undefined;
  readonly output?: string | undefined;
}

/** The runtime prints nothing of its own: what it warns of changes no numbers, and what it fails at is thrown. */
const QUIET = {logSeverityLevel: 4};

/**
 * A model of an ONNX file, which `onnxruntime-node` evaluates, and forgets when the subject is closed.
 *
 * @throws {InputError} where that is not installed, the model cannot be measured, the data do not fit it, or its loss is not the
 *   reference that they hold
 */
export async function onnxSubject(
  file: string,
  {data, examples: first, loss, ...options}: OnnxOptions,
): Promise<Subject> {
  const runtime = await loadRuntime();
  const model = await openOnnx(file, options);
  const {anchor, layout} = model;
  const {tensors} = decodeSafetensors(await readBytes(data, 'data'), {headerBytes: 1_000_000, tensors: 100});
  const examples = examplesIn(tensors, model, data);
  const [all = 0] = examples.labels.shape;
  const count = Math.min(all, first ?? all);
  const objectiveOn = (some: OnnxExamples): Promise<OnnxObjective> =>
    onnxObjective(runtime, model, some, {loss, session: QUIET});
  const told = tensors.filter(({name}) => name === 'loss');
  const reference = readReference(told, all, 1);
  const agreement =
    reference &&
    (await compareWithReference({
      loss: async () => {
        const whole = await objectiveOn(examples);
        return whole.loss(anchor).finally(() => whole.close());
      },
      count: all,
      reference,
      file: data,
    }));
  const objective = await objectiveOn(count < all ? firstOf(examples, count) : examples);
  return {
    name: `${objective.name} of ${data}`,
    objective,
    anchor,
    examples: count,
    notes: [
      ...objective.notes,
      ...notesOn({agreement, compared: true, measured: count, of: all, anchor, layout}),
    ],
    close: () => objective.close(),
  };
}

/** A single input may be called `inputs`, several have the model's own names. */
function examplesIn(tensors: readonly DecodedTensor[], {inputs}: OnnxModel, file: string): OnnxExamples {
  const named = (name: string): DecodedTensor => {
    const found = tensors.find((tensor) => tensor.name === name);
    if (found) return found;
    throw new InputError(
      `experiments.onnxSubject: expected a tensor "${name}" in ${file}, got ` +
        `${
          tensors
            .slice(0, 5)
            .map((tensor) => `"${tensor.name}"`)
            .join(', ') || 'none'
        }; ` +
        'save "labels", and "inputs" or a tensor for each input of the model',
    );
  };
  const plain = inputs.length === 1 && tensors.some(({name}) => name === 'inputs');
  return {
    inputs: plain ? named('inputs') : Object.fromEntries(inputs.map(({name}) => [name, named(name)])),
    labels: named('labels'),
  };
}

function firstOf({inputs, labels}: OnnxExamples, count: number): OnnxExamples {
  const cut = ({shape: [all = 1, ...each], data}: NumberTensor): NumberTensor => ({
    shape: [count, ...each],
    data: Array.prototype.slice.call(data, 0, (data.length / all) * count) as number[],
  });
  const several = inputs as Readonly<Record<string, NumberTensor>>;
  return {
    inputs: Array.isArray(inputs.shape)
      ? cut(inputs as NumberTensor)
      : Object.fromEntries(Object.entries(several).map(([name, tensor]) => [name, cut(tensor)])),
    labels: cut(labels),
  };
}
