/** A tag is the type of an element and the length of its data. */
export const TAG_BYTES = 8;

/** Data types of elements, by their number in a tag (MAT-File Format, The MathWorks, table 1-1). */
export const dataTypes = {
  int8: 1,
  uint8: 2,
  int16: 3,
  uint16: 4,
  int32: 5,
  uint32: 6,
  single: 7,
  double: 9,
  int64: 12,
  uint64: 13,
  matrix: 14,
  compressed: 15,
} as const;

/** Classes of arrays, by their number in the array flags (table 1-3). */
export const classNames: Readonly<Record<number, string>> = {
  1: 'cell',
  2: 'struct',
  3: 'object',
  4: 'char',
  5: 'sparse',
  6: 'double',
  7: 'single',
  8: 'int8',
  9: 'uint8',
  10: 'int16',
  11: 'uint16',
  12: 'int32',
  13: 'uint32',
  14: 'int64',
  15: 'uint64',
  16: 'function handle',
  17: 'opaque object',
};

type NumberReader = (view: DataView, offset: number, littleEndian: boolean) => number;

/** How numbers of a data type are read. */
export interface NumberType {
  readonly bytes: number;
  readonly read: NumberReader;
}

/** Types that hold no numbers are absent. */
export const numberTypes: Readonly<Record<number, NumberType>> = {
  [dataTypes.int8]: {bytes: 1, read: (view, offset) => view.getInt8(offset)},
  [dataTypes.uint8]: {bytes: 1, read: (view, offset) => view.getUint8(offset)},
  [dataTypes.int16]: {bytes: 2, read: (view, offset, little) => view.getInt16(offset, little)},
  [dataTypes.uint16]: {bytes: 2, read: (view, offset, little) => view.getUint16(offset, little)},
  [dataTypes.int32]: {bytes: 4, read: (view, offset, little) => view.getInt32(offset, little)},
  [dataTypes.uint32]: {bytes: 4, read: (view, offset, little) => view.getUint32(offset, little)},
  [dataTypes.single]: {bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little)},
  [dataTypes.double]: {bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little)},
  [dataTypes.int64]: {bytes: 8, read: (view, offset, little) => Number(view.getBigInt64(offset, little))},
  [dataTypes.uint64]: {bytes: 8, read: (view, offset, little) => Number(view.getBigUint64(offset, little))},
};
