import {type InputError, type ParameterSlice, printable} from '@minefield/core';
import {DOUBLE} from '../graph/tensor.ts';
import type {OnnxModel} from '../read-onnx.ts';
import {type FedArray, fedArray} from './element-types.ts';
import {type Examples, type Input, refusal} from './examples.ts';
import type {FedTensor, OnnxRuntime, OnnxSession} from './runtime.ts';
import type {Outputs} from './loss.ts';

/** The tensors of a parameter vector, as the model takes them. */
export type ParameterFeeds = Readonly<Record<string, FedTensor>>;

/** Evaluates a model at parameters and for examples that it is given as arrays. */
export class BatchRunner {
  readonly #runtime: OnnxRuntime;
  readonly #session: OnnxSession;
  readonly #model: OnnxModel;
  readonly #examples: Examples;

  constructor(runtime: OnnxRuntime, session: OnnxSession, model: OnnxModel, examples: Examples) {
    this.#runtime = runtime;
    this.#session = session;
    this.#model = model;
    this.#examples = examples;
  }

  /** Views of θ `[P]`, except for parameters of float64. */
  parameterFeeds(theta: Float32Array): ParameterFeeds {
    const {layout, types} = this.#model;
    return Object.fromEntries(
      layout.slices.map(({name, offset, size, shape}: ParameterSlice, i) => {
        const part = theta.subarray(offset, offset + size);
        const tensor =
          types[i] === DOUBLE
            ? new this.#runtime.Tensor('float64', Float64Array.from(part), shape)
            : new this.#runtime.Tensor('float32', part, shape);
        return [name, tensor];
      }),
    );
  }

  /**
   * The outputs for some examples, at most as many as the model takes at once.
   *
   * @returns them, and the shape of one example's
   */
  async run(
    parameters: ParameterFeeds,
    rows: Uint32Array,
  ): Promise<Outputs & {readonly shape: readonly number[]}> {
    const {inputs, fixedBatch} = this.#examples;
    const length = fixedBatch ?? rows.length;
    const feeds: Record<string, FedTensor> = {...parameters};
    for (const input of inputs) {
      const shape = [length, ...input.shape];
      feeds[input.name] = new this.#runtime.Tensor(input.type, rowsOf(input, rows, length), shape);
    }
    const {output, file} = this.#model;
    const found = await this.#session.run(feeds, [output.value]).catch((error: unknown) => {
      throw failure(file, error);
    });
    const tensor = found[output.value];
    const [count, ...shape] = tensor?.dims ?? [];
    const data = tensor?.data;
    if (count !== length || !(data instanceof Float32Array || data instanceof Float64Array)) {
      throw refusal(
        `outputs [${length}, ...] of ${file} for ${length} examples`,
        `[${tensor?.dims.join(', ')}] of ${tensor?.type ?? 'nothing'}`,
        'export it with the examples along the first axis',
      );
    }
    return {data, each: data.length / length, shape};
  }
}

/** Rows of the examples, the first again where the model wants more of them; those that stand together are not copied. */
function rowsOf({type, width, data}: Input, rows: Uint32Array, length: number): FedArray {
  const first = rows[0] ?? 0;
  if (rows.length === length && rows.every((row, i) => row === first + i)) {
    return data.subarray(first * width, (first + length) * width);
  }
  const out = fedArray(type, length * width);
  for (let i = 0; i < length; i++) {
    const row = rows[i] ?? first;
    out.set(data.subarray(row * width, (row + 1) * width) as never, i * width);
  }
  return out;
}

/** Longest stretch of what a runtime says. */
const MOST_SAID = 400;

/** What a runtime says, which may be long and of many lines. */
export function failure(file: string, error: unknown): InputError {
  const said = error instanceof Error ? error.message : String(error);
  return refusal(
    `a runtime that evaluates ${file}`,
    `"${printable(said, MOST_SAID)}"`,
    'check that it runs by itself, as it was exported; or measure the model by an evaluator',
  );
}
