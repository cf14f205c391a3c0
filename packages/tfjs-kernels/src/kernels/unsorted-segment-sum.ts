import {UnsortedSegmentSum, util} from '@tensorflow/tfjs-core';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/**
 * Sums of the rows that carry the same number, which the stock WASM backend lacks: by it a gather (an embedding) is
 * differentiated. As on the other backends, rows of a number that is no segment's are left out.
 *
 * @throws {RangeError} where rows and numbers are not as many
 */
export const unsortedSegmentSum: Kernel = {
  name: UnsortedSegmentSum,
  run({backend, module, inputs, attrs, makeOutput}) {
    const [x, ids] = [input(inputs, 'x'), input(inputs, 'segmentIds')];
    const segments = attrs['numSegments'] as number;
    if (x.dtype !== 'float32' || ids.dtype !== 'int32') return undefined;
    const [rows = 0, ...shape] = x.shape;
    if (ids.shape.length !== 1 || ids.shape[0] !== rows || x.shape.length === 0) {
      throw new RangeError(
        `tfjs-kernels.unsortedSegmentSum: expected a segment for each row, got rows [${x.shape}] and segments [${ids.shape}]`,
      );
    }
    const out = makeOutput([segments, ...shape]);
    const width = util.sizeFromShape(shape);
    if (segments * width === 0) return out;
    const to = offsetOf(backend, out);
    module.sumSegments(rows, width, segments, offsetOf(backend, x), offsetOf(backend, ids), to);
    return out;
  },
};
