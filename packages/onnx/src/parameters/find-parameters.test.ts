import {describe, expect, it} from 'vitest';
import {onnxBytes} from '../../test/fixture.ts';
import {
  type Parts,
  makeModel,
  makeNode,
  makeTensor,
  modelOf,
  smallModel,
  weights,
} from '../../test/make-model.ts';
import {bytesField, integerField, textField} from '../protobuf/write-fields.ts';
import {readOnnx} from '../read-onnx.ts';

const slices = (bytes: Uint8Array) =>
  readOnnx(bytes).layout.slices.map(({name, role, filterAxis}) =>
    filterAxis === undefined ? `${name} ${role}` : `${name} ${role} ${filterAxis}`,
  );

describe('the parameters of exports of PyTorch', () => {
  it('are weights and biases with their filters, in the order of the file', () => {
    expect(slices(onnxBytes('ten-classes'))).toEqual([
      '0.weight kernel 0',
      '0.bias bias',
      '2.weight kernel 0',
      '2.bias bias',
    ]);
    const {layout, anchor, types} = readOnnx(onnxBytes('ten-classes'));
    expect(layout.slices.map(({shape}) => shape)).toEqual([[14, 12], [14], [10, 14], [10]]);
    expect([anchor.length, types]).toEqual([332, [1, 1, 1, 1]]);
  });

  it('are scales and shifts of normalizations, but not their running statistics', () => {
    const {layout, fixed, notes} = readOnnx(onnxBytes('normalized'));
    expect(layout.slices.filter(({role}) => role === 'scale').map(({name}) => name)).toEqual([
      'norm0.weight',
      'norm1.weight',
    ]);
    expect(layout.slices.filter(({role}) => role === 'shift').map(({name}) => name)).toEqual([
      'norm0.bias',
      'norm1.bias',
    ]);
    expect(fixed.map(({name, reason}) => `${name}: ${reason}`)).toEqual([
      'norm0.running_mean: a running statistic',
      'norm0.running_var: a running statistic',
      'norm1.running_mean: a running statistic',
      'norm1.running_var: a running statistic',
    ]);
    expect(notes).toEqual([]);
  });

  it('are those of a transformer, its tables and places among them, without the scale of its scores', () => {
    const {layout, fixed} = readOnnx(onnxBytes('transformer'));
    const found = slices(onnxBytes('transformer'));
    expect(found).toEqual(
      expect.arrayContaining([
        'words.weight kernel 0',
        'places bias',
        'val_3 kernel 1',
        'before.weight scale',
      ]),
    );
    expect(layout.dimension).toBe(763);
    expect(fixed).toEqual([{name: 'val_27', size: 1, reason: 'a single number'}]);
  });

  it('are one where the exporter found them equal or they are one, and its copies separate on demand', () => {
    const model = readOnnx(onnxBytes('tied'));
    expect(model.tied).toEqual([
      {name: 'words.weight', uses: 2},
      {name: 'norm0.weight', uses: 2},
      {name: 'norm0.bias', uses: 2},
    ]);
    expect(model.layout.dimension).toBe(108);
    const untied = readOnnx(onnxBytes('tied'), {untie: true, parameters: 120});
    expect(untied.tied).toEqual([{name: 'words.weight', uses: 2}]);
    expect(untied.layout.slices.slice(5).map(({name, role}) => `${name} ${role}`)).toEqual([
      'norm1.bias shift',
      'norm1.weight scale',
    ]);
  });

  it('are counted, and another number is explained', () => {
    expect(() => readOnnx(onnxBytes('tied'), {parameters: 120, file: 'tied.onnx'})).toThrow(
      'onnx.readOnnx: expected 120 parameters in tied.onnx, got 108; tied are "words.weight", "norm0.weight", "norm0.bias"',
    );
    expect(() => readOnnx(onnxBytes('folded'), {parameters: 349})).toThrow(
      /got 333; batch normalization was folded/,
    );
    expect(readOnnx(onnxBytes('normalized'), {parameters: 349}).layout.dimension).toBe(349);
  });

  it('are held fixed by name, and taken by name', () => {
    const {layout, fixed, notes} = readOnnx(onnxBytes('ten-classes'), {exclude: ['0.bias', '2.bias']});
    expect([layout.dimension, fixed.map(({reason}) => reason)]).toEqual([308, ['excluded', 'excluded']]);
    expect(notes).toEqual(['held fixed: "0.bias", "2.bias", 24 numbers in all']);
    const more = readOnnx(onnxBytes('normalized'), {include: ['norm0.running_mean']});
    expect(more.layout.slices.find(({name}) => name === 'norm0.running_mean')).toMatchObject({
      role: 'bias',
      size: 4,
    });
    expect(() => readOnnx(onnxBytes('ten-classes'), {exclude: ['0.bais']})).toThrow(/did you mean "0.bias"/);
  });
});

describe('a tensor', () => {
  it.each<[string, Parts, readonly number[], string]>([
    ['Conv', makeNode('Conv', ['x', 'w'], ['y']), [3, 2, 1, 1], 'w kernel 0'],
    ['ConvTranspose', makeNode('ConvTranspose', ['x', 'w'], ['y']), [2, 3, 1, 1], 'w kernel 1'],
    ['Gemm', makeNode('Gemm', ['x', 'w'], ['y']), [2, 3], 'w kernel 1'],
    ['Gemm that transposes', makeNode('Gemm', ['x', 'w'], ['y'], {transB: 1}), [3, 2], 'w kernel 0'],
    ['MatMul', makeNode('MatMul', ['x', 'w'], ['y']), [2, 3], 'w kernel 1'],
    ['MatMul from the left', makeNode('MatMul', ['w', 'x'], ['y']), [3, 2], 'w kernel 0'],
    ['Gather', makeNode('Gather', ['w', 'x'], ['y']), [5, 3], 'w kernel 0'],
    ['Gather from the end', makeNode('Gather', ['w', 'x'], ['y'], {axis: -1}), [3, 5], 'w kernel 1'],
    ['LSTM', makeNode('LSTM', ['x', 'w', 'w'], ['', 'y']), [1, 12, 3], 'w kernel 1'],
    ['PRelu', makeNode('PRelu', ['x', 'w'], ['y']), [2, 1, 1], 'w scale'],
    ['LayerNormalization', makeNode('LayerNormalization', ['x', 'w'], ['y']), [4], 'w scale'],
  ])('of %s has its role and the axis of its filters', (_, layer, shape, expected) => {
    expect(slices(modelOf([layer], [weights(shape)]))).toEqual([expected]);
  });

  it('keeps the axis of its filters through a transposition, and loses it where it is reshaped', () => {
    const turned = [
      makeNode('Transpose', ['w'], ['t'], {perm: [1, 0]}),
      makeNode('MatMul', ['x', 't'], ['y']),
    ];
    expect(slices(modelOf(turned, [weights([3, 2])]))).toEqual(['w kernel 0']);
    const reversed = [
      makeNode('Transpose', ['w'], ['t']),
      makeNode('Identity', ['t'], ['s']),
      makeNode('MatMul', ['x', 's'], ['y']),
    ];
    expect(slices(modelOf(reversed, [weights([3, 2])]))).toEqual(['w kernel 0']);
    const shape = makeTensor('s', [2], bytesField(9, new Uint8Array(16)), 7);
    const reshaped = [makeNode('Reshape', ['w', 's'], ['r']), makeNode('MatMul', ['x', 'r'], ['y'])];
    expect(slices(modelOf(reshaped, [weights([3, 2]), shape]))).toEqual(['w kernel 1']);
  });

  it('is a parameter where two make one weight', () => {
    const product = [makeNode('MatMul', ['a', 'b'], ['w']), makeNode('MatMul', ['x', 'w'], ['y'])];
    expect(slices(modelOf(product, [weights([4, 1], 'a'), weights([1, 3], 'b')]))).toEqual([
      'a kernel 1',
      'b kernel 1',
    ]);
  });

  it.each<[string, readonly Parts[], readonly Parts[], string]>([
    ['a limit', [makeNode('Clip', ['m', 'w'], ['y'])], [makeTensor('w', [], [1])], 'input 1 of Clip'],
    ['a factor', [makeNode('Mul', ['m', 'w'], ['y'])], [makeTensor('w', [1], [0.5])], 'a single number'],
    ['a mask', [makeNode('Add', ['m', 'w'], ['y'])], [makeTensor('w', [2], [0, -1e9])], 'a mask'],
    [
      'what is done to the data',
      [makeNode('Sub', ['x', 'w'], ['y'])],
      [makeTensor('w', [2], [1, 2])],
      'Sub with the data themselves',
    ],
    ['of no use', [makeNode('Identity', ['m'], ['y'])], [makeTensor('w', [2], [1, 2])], 'used by nothing'],
  ])('is no parameter that is %s', (_, nodes, tensors, reason) => {
    const bytes = modelOf(
      [makeNode('MatMul', ['x', 'k'], ['m']), ...nodes],
      [weights([4, 3], 'k'), ...tensors],
    );
    const {layout, fixed} = readOnnx(bytes);
    expect(layout.slices.map(({name}) => name)).toEqual(['k']);
    expect(fixed.map((each) => each.reason)).toEqual([reason]);
  });

  it('is a parameter where it is a bias of one number', () => {
    expect(slices(makeModel(smallModel))).toEqual(['w kernel 1', 'b bias']);
  });

  it('is read from whatever field holds it, and from a node', () => {
    const doubles = new Uint8Array(Float64Array.of(1, 2).buffer);
    const singles = new Uint8Array(Float32Array.of(1, 2).buffer);
    const forms: readonly Parts[] = [
      makeTensor('w', [2, 1], bytesField(4, singles)),
      makeTensor(
        'w',
        [2, 1],
        [Uint8Array.of(4 * 8 + 5), singles.subarray(0, 4), Uint8Array.of(4 * 8 + 5), singles.subarray(4)],
      ),
      makeTensor('w', [2, 1], bytesField(9, doubles), 11),
      makeTensor('w', [2, 1], bytesField(10, doubles), 11),
    ];
    for (const form of forms) {
      expect(readOnnx(modelOf([makeNode('MatMul', ['x', 'w'], ['y'])], [form])).anchor).toEqual(
        Float32Array.of(1, 2),
      );
    }
    const constant = makeNode('Constant', [], ['w'], {value: {tensor: makeTensor('', [2, 1], [1, 2])}});
    const {anchor, bytes} = readOnnx(modelOf([constant, makeNode('MatMul', ['x', 'w'], ['y'])], []));
    expect(anchor).toEqual(Float32Array.of(1, 2));
    expect(() => readOnnx(bytes)).toThrow(/weights of layers as float tensors in the model, got none/);
  });

  it('may share bytes beside the model with another, but not with very many', () => {
    const beside = new Uint8Array(Float32Array.of(1, 2).buffer);
    const tied = (count: number): ReturnType<typeof readOnnx> => {
      const names = Array.from({length: count}, (_, i) => `w${i}`);
      const stretch = [
        ...bytesField(13, ...textField(1, 'location'), ...textField(2, 'beside')),
        ...integerField(14, 1),
      ];
      return readOnnx(
        modelOf(
          names.map((name) => makeNode('MatMul', ['x', name], [`${name}.y`])),
          names.map((name) => makeTensor(name, [2, 1], stretch)),
        ),
        {external: new Map([['beside', beside]])},
      );
    };
    expect(tied(2).anchor).toEqual(Float32Array.of(1, 2, 1, 2));
    expect(() => tied(5)).toThrow(
      /tensors of at most 32 bytes from the files beside it in the model, got more/,
    );
  });
});
