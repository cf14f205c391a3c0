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
import {restingNote} from './notes-on.ts';
import {readBytes} from './read-bytes.ts';

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

/** How far the loss may be from the reference, as a share of it and of a thousandth, as {@link compareWithReference} has it. */
const [SHARE, UNIT] = [1e-3, 1e-3];

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
  const {tensors} = decodeSafetensors(await readBytes(data, 'data'), {headerBytes: 1_000_000, tensors: 100});
  const examples = examplesIn(tensors, model, data);
  const [all = 0] = examples.labels.shape;
  const count = Math.min(all, first ?? all);
  const objective = await onnxObjective(runtime, model, count < all ? firstOf(examples, count) : examples, {
    loss,
    session: QUIET,
  });
  try {
    const {name, anchor, layout, notes} = objective;
    const agreement = count < all ? [] : await agreementWith(tensors, objective, data);
    return {
      name: `${name} of ${data}`,
      objective,
      anchor,
      examples: count,
      notes: [
        ...notes,
        ...agreement,
        ...(count < all ? [`the first ${count} of ${all} examples stand for all`] : []),
        ...restingNote(anchor, layout),
      ],
      close: () => objective.close(),
    };
  } catch (error) {
    await objective.close();
    throw error;
  }
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
    inputs:
      'data' in inputs
        ? cut(inputs as NumberTensor)
        : Object.fromEntries(Object.entries(several).map(([name, tensor]) => [name, cut(tensor)])),
    labels: cut(labels),
  };
}

/** @returns a note, where the data hold a loss to be compared with */
async function agreementWith(
  tensors: readonly DecodedTensor[],
  {anchor, loss}: Pick<OnnxObjective, 'anchor' | 'loss'>,
  file: string,
): Promise<string[]> {
  const reference = tensors.find(({name}) => name === 'loss');
  if (!reference) return [];
  const [expected, got] = [Number(reference.data[0]), (await loss(anchor))[0] ?? Number.NaN];
  const share = Math.abs(got - expected) / (Math.abs(expected) + UNIT);
  if (share <= SHARE) return [`the loss agrees with the reference to ${Number(share.toPrecision(2))}`];
  throw new InputError(
    `experiments.onnxSubject: expected the reference loss of ${Number(expected.toPrecision(5))} in ${file}, ` +
      `got ${Number(got.toPrecision(5))}; the usual causes are inputs that are normalized otherwise, another order of the ` +
      'classes, and another loss: it is the plain mean over all examples',
  );
}
