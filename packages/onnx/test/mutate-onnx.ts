/** Exports of PyTorch, and what can happen to their bytes and to their structure. */
import {type Draw, oneOf} from '../../../.ci/fuzz/draw.ts';
import {WIRE, readFields} from '../src/protobuf/read-fields.ts';
import {bytesField, integerField, joined} from '../src/protobuf/write-fields.ts';
import {floats, makeModel, makeNode, smallModel, makeTensor, makeValue} from './make-model.ts';

const place = {file: 'a fixture', field: ''};

/** Lengths and numbers, sound and otherwise. */
const NUMBERS = [0, 1, 2, 3, 7, 11, 16, 127, 128, 300, 2 ** 20, 2 ** 28, 2 ** 31, 2 ** 32, 2 ** 52];

/** One model: mostly a sound one with damage, now and then a sound one. */
export function mutatedModel(draw: Draw, sound: readonly Uint8Array[]): Uint8Array {
  const model = draw(8) === 0 ? inventedModel(draw) : oneOf(draw, sound);
  switch (draw(10)) {
    case 0:
      return model;
    case 1:
    case 2:
    case 3:
      return flipped(draw, model);
    default: {
      let changed = model;
      for (let count = 1 + draw(3); count > 0; count--) changed = changedMessage(draw, changed, 0);
      return changed;
    }
  }
}

function flipped(draw: Draw, bytes: Uint8Array): Uint8Array {
  const result = Uint8Array.from(bytes);
  for (let count = 1 + draw(6); count > 0; count--) {
    const at = draw(result.length);
    result[at] = draw(2) === 0 ? draw(256) : (result[at] ?? 0) ^ (1 << draw(8));
  }
  return draw(5) === 0 ? result.subarray(0, draw(result.length)) : result;
}

/** A message with a field, or one within a field, that is gone, doubled, moved, of another number, or of another value. */
function changedMessage(draw: Draw, bytes: Uint8Array, depth: number): Uint8Array {
  const fields = fieldsOrNone(bytes);
  if (fields.length === 0) return flippedOrLong(draw, bytes);
  const at = draw(fields.length);
  const parts = fields.map((field) => field.bytes);
  const chosen = fields[at];
  if (!chosen) return bytes;
  if (chosen.wire === WIRE.bytes && depth < 7 && draw(6) > 0) {
    parts[at] = joined(bytesField(chosen.number, changedMessage(draw, chosen.value, depth + 1)));
    return joined(parts);
  }
  switch (draw(6)) {
    case 0:
      return joined(parts.toSpliced(at, 1));
    case 1:
      return joined(
        parts.toSpliced(at, 0, ...Array.from({length: draw(200) === 0 ? draw(5000) : 1}, () => chosen.bytes)),
      );
    case 2:
      return joined(parts.toSpliced(at, 1, ...integerField(chosen.number, oneOf(draw, NUMBERS))));
    case 3:
      return joined(parts.toSpliced(draw(parts.length), 0, chosen.bytes));
    case 4:
      return joined(parts.toSpliced(at, 1, ...bytesField(1 + draw(16), chosen.value)));
    default:
      return joined(parts.toSpliced(at, 1, flippedOrLong(draw, chosen.bytes)));
  }
}

function flippedOrLong(draw: Draw, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return Uint8Array.from({length: draw(20)}, () => draw(256));
  return draw(100) === 0 ? joined(Array.from({length: draw(300)}, () => bytes)) : flipped(draw, bytes);
}

function fieldsOrNone(bytes: Uint8Array): ReturnType<typeof readFields> {
  try {
    return readFields(bytes, place);
  } catch {
    return [];
  }
}

/** A model of nodes that are strung together at random, sometimes of very many. */
function inventedModel(draw: Draw): Uint8Array {
  const operators = [
    'MatMul',
    'Gemm',
    'Add',
    'Mul',
    'Conv',
    'Identity',
    'Transpose',
    'Gather',
    'Cast',
    'Softmax',
    'Constant',
    'If',
    'LSTM',
  ];
  const names = ['x', 'w', 'b', 'y', 'z', ''];
  const count = draw(50) === 0 ? draw(2000) : draw(6);
  const chain = draw(2) === 0;
  const nodes = Array.from({length: count}, (_, i) =>
    chain
      ? makeNode('Add', [i === 0 ? 'w' : `v${i - 1}`, 'b'], [`v${i}`])
      : makeNode(oneOf(draw, operators), [oneOf(draw, names), oneOf(draw, names)], [oneOf(draw, names)], {
          axis: draw(5) - 2,
          perm: [draw(3), draw(3) - 1],
          ...(draw(3) === 0 && {value: {tensor: makeTensor('', [2], floats(2))}}),
        }),
  );
  return makeModel({
    ...smallModel,
    nodes: [...nodes, ...(smallModel.nodes ?? [])],
    inputs: [makeValue('x', [null, oneOf(draw, NUMBERS)])],
  });
}
