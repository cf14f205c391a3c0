/** The reader of ONNX against mutated models: each is read into a sound one, its parameters inputs, or refused in its own words. */
import {readFileSync, readdirSync} from 'node:fs';
import {InputError} from '@minefield/core';
import {drawFrom} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {readModel} from '../src/graph/graph.ts';
import {type OnnxModel, readOnnx} from '../src/read-onnx.ts';
import {mutatedModel} from './mutate-onnx.ts';

const folder = new URL('fixtures/', import.meta.url);
const sound = readdirSync(folder)
  .filter((name) => name.endsWith('.onnx'))
  .toSorted()
  .map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
const external = new Map([['beside.bin', new Uint8Array(readFileSync(new URL('beside.bin', folder)))]]);

export const onnxTarget: FuzzTarget<Uint8Array> = {
  input: (seed, i) => mutatedModel(drawFrom(seed, i), sound),
  read(bytes, i) {
    try {
      const fault = unsound(readOnnx(bytes, {external, untie: i % 2 === 0}));
      return fault === null ? 'accepted' : {fault};
    } catch (error) {
      return refusedInItsWords(error);
    }
  },
};

function refusedInItsWords(error: unknown): Verdict {
  const verdict = refusal(error, [InputError]);
  if (verdict !== 'refused') return verdict;
  const {message} = error as Error;
  return /^(?:onnx\.readOnnx|core\.parameterLayout): expected .*, got .*; .+/s.test(message) &&
    message.length < 1500
    ? 'refused'
    : {fault: `other words: ${message}`};
}

/** A second look at what was read: what was lifted is an input and nothing else, and the rest can be read again. */
function unsound({bytes, layout, anchor, inputs, fixed}: OnnxModel): string | null {
  const {graph} = readModel(bytes, {file: 'what was written', field: ''});
  const left = new Set(graph.initializers.map(({tensor}) => tensor.name));
  const taken = new Map(graph.inputs.map((input) => [input.name, input]));
  let size = 0;
  for (const {name, shape, offset, size: own} of layout.slices) {
    if (offset !== size) return `"${name}" at ${offset} instead of ${size}`;
    size += own;
    if (left.has(name)) return `"${name}" still among the tensors of the model`;
    if (!taken.has(name)) return `"${name}" not among the inputs`;
    if (shape.reduce((product, length) => product * length, 1) !== own)
      return `"${name}" of ${own} numbers in [${shape}]`;
    if (graph.nodes.some(({outputs}) => outputs.includes(name))) return `"${name}" is computed, too`;
  }
  if (anchor.length !== size || !anchor.every(Number.isFinite)) return `${anchor.length} numbers for ${size}`;
  if (graph.outputs.length !== 1) return `${graph.outputs.length} outputs`;
  const lifted = new Set(layout.slices.map(({name}) => name));
  if (inputs.some(({name}) => lifted.has(name))) return 'an input that is a parameter';
  return fixed.some(({name}) => lifted.has(name)) ? 'a parameter that is fixed' : null;
}
