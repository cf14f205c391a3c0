import {expect, it} from 'vitest';
import {makeNode, makeTensor, modelOf} from '../test/make-model.ts';
import {findParameters} from './parameters/find-parameters.ts';
import {readFields} from './protobuf/read-fields.ts';
import {joined} from './protobuf/write-fields.ts';
import {readOnnx} from './read-onnx.ts';

const place = {file: 'the model', field: ''};
const names = (count: number): string[] => Array.from({length: count}, (_, i) => `w${i}`);

it('a message has 2^20 fields at most', () => {
  // Each of two bytes: field 1 is the number 0.
  const message = new Uint8Array(2 * (2 ** 20 + 1)).map((_, i) => (i % 2 === 0 ? 8 : 0));
  expect(() => readFields(message, place)).toThrow(
    'onnx.readOnnx: expected at most 1048576 fields in the model, got more; the file is damaged',
  );
});

it('a model has 65,536 tensors of floats at most', () => {
  const empty = {shape: [0], size: 0, type: 1, fields: [], place, external: undefined};
  const field = {number: 5, wire: 2, value: new Uint8Array(), bytes: new Uint8Array()};
  const initializers = names(65_537).map((name) => ({tensor: {...empty, name}, field}));
  const graph = {nodes: [], initializers, inputs: [], outputs: [], fields: []};
  const choice = {include: [], exclude: [], untie: false};
  expect(() => findParameters(graph, choice, new Map(), place)).toThrow(
    'onnx.readOnnx: expected at most 65536 tensors of floats in the model, got more; the file is damaged',
  );
});

it('tensors are followed 2^20 steps at most', () => {
  const tensors = names(17);
  // Each goes into what holds them all, which is used 61,680 times: 17 · 61,681 is 2^20 + 1.
  const uses = Array.from({length: 61_680}, () => 'all');
  const bytes = modelOf(
    [makeNode('Concat', tensors, ['all']), [joined(makeNode('Concat', uses, ['y']))]],
    tensors.map((name) => makeTensor(name, [1], [1])),
  );
  expect(() => readOnnx(bytes)).toThrow(
    'onnx.readOnnx: expected at most 1048576 uses of tensors in the model, got more; simplify the model',
  );
});
