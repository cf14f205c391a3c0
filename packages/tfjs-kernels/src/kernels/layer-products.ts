import type {KernelModule} from '../kernel-module.ts';
import {type MlpLayer, bytes} from './mlp-shape.ts';

/** Products of the layers of a perceptron with all rows at once; where things stand in bytes, 0 for no bias. */
export interface LayerProducts {
  /** y = x · w + bias, no less than `low`. */
  forward(layer: MlpLayer, x: number, w: number, bias: number, low: number, y: number): void;
  /** dx = dy · wᵀ. */
  back(layer: MlpLayer, dy: number, w: number, dx: number): void;
  /** dw = xᵀ · dy. */
  outer(layer: MlpLayer, x: number, dy: number, dw: number): void;
}

/** Numbers of scratch that the products of these layers need. */
export function productsScratch(module: KernelModule, layers: readonly MlpLayer[], rows: number): number {
  const sizes = layers.flatMap(({fanIn, width}) => [
    module.multiplyScratch(fanIn, width),
    module.multiplyScratch(width, fanIn),
    module.multiplyScratch(rows, width),
  ]);
  return Math.max(...sizes) / bytes(1);
}

export function layerProducts(module: KernelModule, rows: number, scratch: number): LayerProducts {
  const [one, all] = [bytes(1), Infinity];
  // prettier-ignore
  return {
    forward({fanIn, width}, x, w, bias, low, y) {
      module.multiply(
        1, rows, width, fanIn, x, 0, bytes(fanIn), one, w, 0, bytes(width), one, bias, 0, low, all, y, scratch,
      );
    },
    back({fanIn, width}, dy, w, dx) {
      module.multiply(
        1, rows, fanIn, width, dy, 0, bytes(width), one, w, 0, one, bytes(width), 0, 0, -all, all, dx, scratch,
      );
    },
    outer({fanIn, width}, x, dy, dw) {
      module.multiply(
        1, fanIn, width, rows, x, 0, one, bytes(fanIn), dy, 0, bytes(width), one, 0, 0, -all, all, dw, scratch,
      );
    },
  };
}
