import {encodeSafetensors} from '@minefield/safetensors';
import {describe, expect, it} from 'vitest';
import {readPerceptron} from './perceptron-file.ts';

const tensor = (name: string, ...shape: number[]) => ({
  name,
  shape,
  data: Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, (_, i) => i / 8),
});
const [kernel, bias] = [tensor('dense0/kernel', 2, 3), tensor('dense0/bias', 3)];
const ours = [kernel, bias, tensor('dense1/kernel', 3, 1), tensor('dense1/bias', 1)];
const relu = {activation: 'relu'};

describe('readPerceptron', () => {
  it('reads the layers of this project and of PyTorch, whose matrices lie the other way', () => {
    const read = readPerceptron(encodeSafetensors(ours, relu));
    expect(read.hidden).toEqual([3]);
    expect(read.saysRelu).toBe(true);
    const torch = [
      {...tensor('0.weight', 3, 2), data: Float32Array.of(0, 3, 1, 4, 2, 5).map((value) => value / 8)},
      tensor('0.bias', 3),
      tensor('2.weight', 1, 3),
      tensor('2.bias', 1),
    ];
    const same = readPerceptron(encodeSafetensors(torch));
    expect(same.theta).toEqual(read.theta);
    expect(same.saysRelu).toBe(false);
  });

  it.each([
    [
      'an image network',
      [tensor('conv/kernel', 3, 3, 1, 8)],
      {},
      /tensors are called dense0\/kernel.*“conv\/kernel”/,
    ],
    ['three inputs', [tensor('dense0/kernel', 3, 1), tensor('dense0/bias', 1)], relu, /this one goes 3–1/],
    ['two outputs', [tensor('dense0/kernel', 2, 2), tensor('dense0/bias', 2)], relu, /this one goes 2–2/],
    [
      'layers that do not meet',
      [kernel, tensor('dense1/kernel', 4, 1)],
      relu,
      /takes 4 values, but the one before it gives 3/,
    ],
    ['a missing bias', ours.slice(0, 3), relu, /dense1\/bias/],
    ['another activation', ours, {activation: 'tanh'}, /Only ReLUs.*“tanh”/],
    ['another activation in its name', ours, {model: 'mlp 2-3-1 tanh'}, /Only ReLUs.*“tanh”/],
    [
      'a width of thousands',
      [tensor('dense0/kernel', 2, 4000), tensor('dense1/kernel', 4000, 1)],
      relu,
      /At most 200,000 parameters/,
    ],
  ])('refuses %s, and says why', (_, tensors, metadata, message) => {
    const bytes = encodeSafetensors(tensors, metadata as Record<string, string>);
    expect(() => readPerceptron(bytes)).toThrow(message);
  });

  it('refuses weights that are not numbers, and bytes that are no file', () => {
    const broken = [
      {...kernel, name: 'dense0/kernel', shape: [2, 3], data: new Float32Array(6).fill(Number.NaN)},
      ...ours.slice(1),
    ];
    expect(() => readPerceptron(encodeSafetensors(broken, relu))).toThrow('the training diverged');
    expect(() => readPerceptron(new Uint8Array(20).fill(255))).toThrow(/header/);
    expect(() => readPerceptron(new Uint8Array(3))).toThrow(/8 bytes/);
  });
});
