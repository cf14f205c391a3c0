/** What make.py wrote of a network: its export, the examples, and what PyTorch makes of them in double precision. */
import {join} from 'node:path';
import {readFileSync} from 'node:fs';
import {type DecodedTensor, decodeSafetensors} from '@minefield/safetensors';
import type {Rays} from '@minefield/landscape';
import type {OnnxExamples} from '../src/objective/examples.ts';
import {type OnnxModel, type ReadOnnxOptions, readOnnx} from '../src/read-onnx.ts';

export interface Fixture extends OnnxExamples {
  readonly model: OnnxModel;
  readonly inputs: DecodedTensor;
  readonly loss: number;
  /** Of each direction, `[P]`. */
  readonly directions: readonly Float32Array[];
  readonly distances: readonly number[];
  /** `[directions, distances]`. */
  readonly losses: readonly number[];
  readonly radii: readonly number[];
}

export const fixturePath = (name: string): string => join(import.meta.dirname, 'fixtures', name);

export const onnxBytes = (name: string): Uint8Array => readFileSync(fixturePath(`${name}.onnx`));

export function fixture(name: string, options: ReadOnnxOptions = {}): Fixture {
  const model = readOnnx(onnxBytes(name), options);
  const {tensors} = decodeSafetensors(readFileSync(fixturePath(`${name}.safetensors`)));
  const tensor = (wanted: string): DecodedTensor => {
    const found = tensors.find((each) => each.name === wanted);
    if (!found) throw new Error(`no tensor "${wanted}" in the fixture ${name}`);
    return found;
  };
  const numbers = (wanted: string): number[] => Array.from(tensor(wanted).data as Float64Array);
  const radii = numbers('radii');
  const directions = radii.map((_, i) => {
    const direction = new Float32Array(model.layout.dimension);
    for (const slice of model.layout.slices) {
      direction.set(tensor(`direction/${i}/${slice.name}`).data as Float32Array, slice.offset);
    }
    return direction;
  });
  return {
    model,
    inputs: tensor('inputs'),
    labels: tensor('labels'),
    loss: numbers('loss')[0] ?? Number.NaN,
    directions,
    distances: numbers('distances'),
    losses: numbers('losses'),
    radii,
  };
}

/** The directions as rays of `@minefield/landscape`. */
export function raysOf(directions: readonly Float32Array[]): Rays {
  const parameters = directions[0]?.length ?? 0;
  return {
    parameters,
    dimension: parameters,
    logDeterminant: 0,
    fillInto(out, index) {
      out.set(directions[index] ?? []);
    },
  };
}
