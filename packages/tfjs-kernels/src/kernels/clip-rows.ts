import {CLIP_ROWS, LEAST_NORM} from '../clip-rows.ts';
import {type Kernel, input} from '../kernel.ts';
import {memoryOf, offsetOf, withScratch} from '../wasm-backend.ts';

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
const MULTIPLY = 2;

/** Norms of rows, and the rows scaled down to a limit: the same operations as one by one, in one call. */
export const clipRows: Kernel = {
  name: CLIP_ROWS,
  run({backend, module, inputs, attrs, makeOutput}) {
    const rows = input(inputs, 'rows');
    const [count = 0, length = 0] = rows.shape;
    const [clipped, norms] = [makeOutput([count, length]), makeOutput([count, 1])];
    const limit = Math.fround(attrs['limit'] as number);
    const [from, to, normsAt] = [
      offsetOf(backend, rows),
      offsetOf(backend, clipped),
      offsetOf(backend, norms),
    ];
    if (count * length === 0) {
      new Float32Array(memoryOf(backend).buffer, normsAt, count).fill(0);
      return [clipped, norms];
    }
    const size = count * length;
    withScratch(backend, (size + count) * FLOAT, (squares) => {
      multiply(1, size, from, 0, from, FLOAT, squares);
      module.sum(count, length, 1, squares, 1, normsAt);
      const scalesAt = squares + size * FLOAT;
      const {buffer} = memoryOf(backend);
      const [values, scales] = [
        new Float32Array(buffer, normsAt, count),
        new Float32Array(buffer, scalesAt, count),
      ];
      for (let k = 0; k < count; k++) {
        // Square roots and quotients of float32 numbers, rounded again, are those of float32 arithmetic.
        const norm = Math.fround(Math.sqrt(values[k] as number));
        const scale = Math.fround(limit / Math.max(norm, Math.fround(LEAST_NORM)));
        values[k] = norm;
        scales[k] = scale < 1 ? scale : 1;
      }
      multiply(count, length, from, length * FLOAT, scalesAt, 0, to);
    });
    return [clipped, norms];

    /** Products of rows with rows, or with one number each. */
    function multiply(
      n: number,
      width: number,
      a: number,
      aRow: number,
      b: number,
      bStep: number,
      out: number,
    ): void {
      const bRow = bStep === 0 ? FLOAT : 0;
      module.combine(MULTIPLY, 1, 1, n, width, a, 0, 0, aRow, FLOAT, b, 0, 0, bRow, bStep, out);
    }
  },
};
