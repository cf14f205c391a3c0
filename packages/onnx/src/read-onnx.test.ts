import {describe, expect, it} from 'vitest';
import {onnxBytes} from '../test/fixture.ts';
import {
  type ModelParts,
  type Parts,
  graphOf,
  makeModel,
  makeNode,
  makeTensor,
  makeValue,
  modelOf,
  smallModel,
  weights,
} from '../test/make-model.ts';
import {bytesField, integerField, textField} from './protobuf/write-fields.ts';
import {readOnnx} from './read-onnx.ts';

describe('a model', () => {
  it('keeps the inputs that it has for its weights, as before version 4 of the format', () => {
    const bytes = makeModel({
      ...smallModel,
      inputs: [makeValue('x', [null, 2]), makeValue('w', [2, 1]), makeValue('b', [1])],
    });
    expect(readOnnx(bytes).inputs.map(({name}) => name)).toEqual(['x']);
    expect(readOnnx(bytes).bytes.length).toBeLessThan(bytes.length);
  });

  it('gives logits where it ends in probabilities, and says so', () => {
    const {output, notes} = readOnnx(onnxBytes('softmax'));
    expect(output).toMatchObject({value: '/0/0.2/Gemm_output_0', leftOut: 'Softmax'});
    expect(notes).toEqual(['the loss is of what the last Softmax of the model is given']);
  });

  const gemm = makeNode('Gemm', ['x', 'w'], ['y']);
  const inner = (more: ModelParts): Parts =>
    makeNode('If', ['x'], ['v'], {then_branch: {graph: graphOf(more)}});
  it.each<[string, Uint8Array, RegExp]>([
    ['no model', new TextEncoder().encode('hello, world'), /the model, got .*; the file is damaged/],
    ['nothing', new Uint8Array(), /a model with one graph in the model, got 0/],
    ['two graphs', makeModel({modelFields: bytesField(7, ...graphOf({}))}), /one graph in the model, got 2/],
    [
      'functions of its own',
      modelOf([gemm], [weights([4, 3])], {modelFields: bytesField(25)}),
      /inline_local_functions/,
    ],
    [
      'sparse tensors',
      modelOf([gemm], [], {graphFields: bytesField(15)}),
      /dense tensors in graph\.sparse_initializer of the model/,
    ],
    [
      'half precision',
      modelOf([gemm], [makeTensor('w', [1, 2], bytesField(9, new Uint8Array(4)), 10)]),
      /parameters of float32 or float64 in graph\.initializer\[0\] of the model, got "w" of half precision; .*export the model in float32/,
    ],
    [
      'a cast to half precision',
      modelOf(
        [makeNode('Cast', ['w'], ['h'], {to: 10}), makeNode('MatMul', ['x', 'h'], ['y'])],
        [weights([4, 3])],
      ),
      /float32 or float64 in graph\.node\[0\] of the model, got a cast to half precision/,
    ],
    [
      'weights that are not finite',
      modelOf([gemm], [makeTensor('w', [1, 2], [1, Number.NaN])]),
      /finite weights .* got NaN in "w"/,
    ],
    [
      'too few numbers',
      modelOf([gemm], [makeTensor('w', [3, 2], [1, 2])]),
      /6 numbers in \[3,2\] of "w" .* got 2/,
    ],
    [
      'a huge tensor',
      modelOf([gemm], [makeTensor('w', [2 ** 20, 2 ** 20], [1])]),
      /at most 268435456 numbers .* got 1099511627776/,
    ],
    [
      'a piece of a tensor',
      modelOf([gemm], [[...weights([1]), ...bytesField(3)]]),
      /whole tensors in graph\.initializer\[0\]\.segment/,
    ],
    [
      'no weights',
      modelOf([makeNode('Relu', ['x'], ['y'])], []),
      /weights of layers as float tensors in the model, got none/,
    ],
    [
      'quantized weights',
      modelOf([makeNode('DequantizeLinear', ['w', 's'], ['y'])], [makeTensor('s', [1], [1])]),
      /it is quantized: export it before/,
    ],
    [
      'trees',
      modelOf([makeNode('TreeEnsemble', ['x'], ['y'], {}, 'ai.onnx.ml')], []),
      /ai\.onnx\.ml, which keep their weights/,
    ],
    [
      'training of batch normalization',
      modelOf(
        [makeNode('BatchNormalization', ['x', 'w', 'w', 'w', 'w'], ['y'], {training_mode: 1})],
        [weights([2])],
      ),
      /BatchNormalization in training mode; export it in evaluation mode/,
    ],
    [
      'training of batch normalization, as it once was',
      modelOf(
        [makeNode('BatchNormalization', ['x', 'w', 'w', 'w', 'w'], ['y', 'mean', 'variance'])],
        [weights([2])],
      ),
      /BatchNormalization in training mode/,
    ],
    [
      'randomness',
      modelOf([gemm, makeNode('RandomNormalLike', ['y'], ['r'])], [weights([4, 3])]),
      /a model without randomness in graph\.node\[1\]/,
    ],
    [
      'weights in a branch',
      modelOf([gemm, inner({tensors: [weights([2])]})], [weights([4, 3])]),
      /subgraphs without tensors of their own .* got 1 in If/,
    ],
    [
      'a value twice',
      modelOf([gemm, gemm], [weights([4, 3])]),
      /values of different names in graph\.node\[1\] of the model, got "y" twice/,
    ],
    [
      'a tensor twice',
      modelOf([gemm], [weights([4, 3]), weights([4, 3])]),
      /tensors of different names .* got "w" twice/,
    ],
    [
      'two outputs',
      modelOf([gemm], [weights([4, 3])], {outputs: [makeValue('y', [3]), makeValue('x', [3])]}),
      /one output in the model, got "y", "x"; name one/,
    ],
    [
      'an output of classes',
      modelOf([gemm], [weights([4, 3])], {outputs: [makeValue('y', [3], 7)]}),
      /float32 or float64 .* got "y" of type 7; .*zipmap=False/,
    ],
    [
      'probabilities over several axes, as a Softmax once was',
      modelOf([gemm, makeNode('Softmax', ['y'], ['p'])], [weights([4, 3])], {
        outputs: [makeValue('p', [null, 2, 3])],
        operators: 11,
      }),
      /over the last axis in graph\.node\[1\] of the model, got a Softmax over axis 1/,
    ],
    [
      'probabilities over another axis',
      modelOf([gemm, makeNode('Softmax', ['y'], ['p'], {axis: 0})], [weights([4, 3])], {
        outputs: [makeValue('p', [null, 3])],
      }),
      /over the last axis in graph\.node\[1\] of the model, got a Softmax over axis 0/,
    ],
    [
      'data beside it',
      onnxBytes('beside'),
      /every file beside the model in .*external_data of the model, got none for "beside.bin"/,
    ],
    [
      'names of a thousand bytes',
      modelOf([gemm], [weights([4, 3], 'w'.repeat(1001))]),
      /names of at most 1000 bytes .*\.name of the model, got 1001/,
    ],
    [
      'a text of other bytes',
      makeModel({graphFields: bytesField(1, ...bytesField(4, Uint8Array.of(255)))}),
      /a text in UTF-8 in graph\.node\[0\]\.op_type/,
    ],
    [
      'a field that does not end',
      Uint8Array.of(8, 8, 58, 100),
      /a field 7 of at most 0 bytes in the model, got 100/,
    ],
    ['a number that does not end', Uint8Array.from({length: 12}, () => 255), /numbers of at most 10 bytes/],
  ])('is refused for %s', (_, bytes, says) => {
    expect(() => readOnnx(bytes)).toThrow(says);
  });

  it('is refused for graphs that stand in one another too deep', () => {
    let graph = graphOf({});
    for (let depth = 0; depth < 10; depth++)
      graph = graphOf({nodes: [makeNode('If', ['x'], [`v${depth}`], {then_branch: {graph}})]});
    expect(() => readOnnx(makeModel({graphFields: graph}))).toThrow(/at most 8 graphs in one another/);
  });

  it('is refused in the name of its file, on one line', () => {
    expect(() => readOnnx(new Uint8Array(), {file: 'a\u001b[2J.onnx'})).toThrow(
      /in a\\u001b\[2J\.onnx, got 0/,
    );
    const bytes = modelOf([makeNode('Gemm', ['x', 'w\n'], ['y'])], [makeTensor('w\n', [1], [Infinity])]);
    expect(() => readOnnx(bytes)).toThrow(/Infinity in "w\\u000a"/);
  });

  it('is refused with options that nobody reads', () => {
    expect(() => readOnnx(onnxBytes('tanh'), {excluded: []} as object)).toThrow(/did you mean "exclude"/);
  });
});

it('whole numbers of other fields stay as they were written', () => {
  const {bytes} = readOnnx(
    makeModel({...smallModel, modelFields: [...integerField(5, 2 ** 40), ...textField(6, 'ü')]}),
  );
  const found = Array.from(bytes).join();
  expect(found).toContain(Array.from([...integerField(5, 2 ** 40)].flatMap((part) => [...part])).join());
});
