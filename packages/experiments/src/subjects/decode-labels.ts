import {InputError} from '@minefield/core';
import type {DecodedTensor} from '@minefield/safetensors';

/**
 * The class of each example, in any of the forms that frameworks keep: whole numbers from 0, `[n]` or `[n, 1]`; −1 and 1 for the
 * two classes 0 and 1; or one-hot rows, `[n, classes]`. Of any type.
 *
 * @param count n
 * @throws {InputError} when the shape is another, or an entry is none of these
 */
export function decodeLabels({shape, data}: DecodedTensor, count: number, classes: number): Uint32Array {
  const values = Float64Array.from(data as ArrayLike<number | bigint>, Number);
  const columns = shape.length === 1 ? 1 : (shape[1] ?? 0);
  if (shape[0] !== count || shape.length > 2 || (columns !== 1 && columns !== classes)) {
    throw new InputError(
      `experiments.decodeLabels: expected "labels" [${count}], [${count},1] or one-hot [${count},${classes}], got [${shape}]; ` +
        'save the class of each example',
    );
  }
  if (columns > 1) return Uint32Array.from({length: count}, (_, i) => hotColumn(values, i, columns));
  const signs = classes === 2 && values.includes(-1);
  return Uint32Array.from(values, (value, i) => {
    const label = signs ? (value + 1) / 2 : value;
    if (Number.isInteger(label) && label >= 0 && label < classes) return label;
    throw new InputError(
      `experiments.decodeLabels: expected "labels" ${signs ? 'of −1 and 1' : `in 0..${classes - 1}`}, got ${value} at entry ${i}; ` +
        'number the classes from 0',
    );
  });
}

function hotColumn(values: Float64Array, row: number, columns: number): number {
  const entries = values.subarray(row * columns, (row + 1) * columns);
  const hot = entries.indexOf(1);
  if (hot >= 0 && entries.every((entry, column) => entry === (column === hot ? 1 : 0))) return hot;
  throw new InputError(
    `experiments.decodeLabels: expected one-hot "labels", a single 1 among zeros in each row, got ${entries.slice(0, 6).join(' ')} at example ${row}; ` +
      'save the class of each example',
  );
}
