import {type NamedAttrMap, type TensorInfo, Transpose} from '@tensorflow/tfjs-core';
import {type Kernel, optionalInput, runKernel} from './kernel.ts';

/**
 * A convolution that takes images in NCHW order too, transposed on the way in and out: filters are laid out alike in both.
 *
 * @param images the inputs that are images, or broadcast with one: [images, channels, height, width] or the last three
 * @param makesImages whether its output is images as well
 */
export function inEitherOrder(kernel: Kernel, images: readonly string[], makesImages: boolean): Kernel {
  return {
    name: kernel.name,
    run(call) {
      const {backend, inputs, attrs} = call;
      if (attrs['dataFormat'] !== 'NCHW') return kernel.run(call);
      const made: TensorInfo[] = [];
      const transpose = (x: TensorInfo, perm: number[]): TensorInfo => {
        const tensor = runKernel(Transpose, backend, {x}, {perm});
        made.push(tensor);
        return tensor;
      };
      try {
        const moved = {...inputs};
        for (const name of images) {
          const x = optionalInput(inputs, name);
          if (x === undefined || x.shape.length < 3) continue;
          moved[name] = transpose(x, channelsLast([...x.shape.keys()]));
        }
        const out = kernel.run({...call, inputs: moved, attrs: withChannelsLast(attrs)});
        if (!makesImages || out === undefined || Array.isArray(out)) return out;
        made.push(out);
        return runKernel(Transpose, backend, {x: out}, {perm: [0, 3, 1, 2]});
      } finally {
        for (const {dataId} of made) backend.disposeData(dataId);
      }
    },
  };
}

function withChannelsLast(attrs: NamedAttrMap): NamedAttrMap {
  const {pad, inputShape} = attrs;
  return {
    ...attrs,
    dataFormat: 'NHWC',
    ...(Array.isArray(pad) && {pad: channelsLast<unknown>(pad) as number[]}),
    ...(Array.isArray(inputShape) && {inputShape: channelsLast(inputShape as number[])}),
  };
}

/** [images, channels, height, width], or the last three, with channels last. */
function channelsLast<T>(dimensions: readonly T[]): T[] {
  return [...dimensions.slice(0, -3), ...dimensions.slice(-2), ...dimensions.slice(-3, -2)];
}
