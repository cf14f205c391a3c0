/** What a graph says of its inputs and outputs: ValueInfoProto. */
import {type Field, bytesIn, integerIn, readFields, textIn} from '../protobuf/read-fields.ts';
import {type Place, invalid, within} from '../protobuf/place.ts';
import {bytesField, integerField, textField} from '../protobuf/write-fields.ts';

/** Fields of ValueInfoProto, TypeProto, its Tensor, and the dimensions of TensorShapeProto. */
const VALUE = {name: 1, type: 2};
const TENSOR_TYPE = 1;
const TYPE = {element: 1, shape: 2};
const [DIM, DIM_VALUE] = [1, 1];

/** A value of a graph. */
export interface ValueType {
  readonly name: string;
  /** Number of the type of its entries in the format, such as 1 for float32; 0 where it is no tensor. */
  readonly type: number;
  /** Lengths, null where one is not fixed; undefined where the number of axes is not known. */
  readonly shape: readonly (number | null)[] | undefined;
}

/** The same, and where it stands. */
export interface ValueInfo extends ValueType {
  readonly field: Field;
  readonly place: Place;
}

export function readValueInfo(message: Uint8Array, place: Place, field: Field): ValueInfo {
  const fields = readFields(message, place);
  const name = textIn(fields, VALUE.name, 'name', place);
  const tensor = nested(
    nested(fields, VALUE.type, within(place, 'type')),
    TENSOR_TYPE,
    within(place, 'type'),
  );
  if (tensor === undefined) return {name, type: 0, shape: undefined, field, place};
  const here = within(place, 'type.tensor_type');
  return {
    name,
    type: integerIn(tensor, TYPE.element, 0, within(here, 'elem_type')),
    shape: nested(tensor, TYPE.shape, within(here, 'shape'))
      ?.filter(({number}) => number === DIM)
      .map((dim) => lengthIn(dim, within(here, 'shape'))),
    field,
    place,
  };
}

function nested(fields: readonly Field[] | undefined, number: number, place: Place): Field[] | undefined {
  const field = fields?.findLast((candidate) => candidate.number === number);
  return field && readFields(bytesIn(field, place), place);
}

function lengthIn(dim: Field, place: Place): number | null {
  const length = integerIn(readFields(bytesIn(dim, place), place), DIM_VALUE, -1, place);
  // Some exporters write −1, and some 0, for what is not fixed.
  if (length < 1) return null;
  if (length <= 2 ** 31) return length;
  throw invalid(place, 'lengths up to 2^31', `${length}`);
}

/** The input of a graph that takes a tensor of a fixed shape, as a field of the graph. */
export function inputField(
  number: number,
  name: string,
  type: number,
  shape: readonly number[],
): Uint8Array[] {
  const dims = shape.flatMap((length) => bytesField(DIM, ...integerField(DIM_VALUE, length)));
  const tensor = [...integerField(TYPE.element, type), ...bytesField(TYPE.shape, ...dims)];
  return bytesField(
    number,
    ...textField(VALUE.name, name),
    ...bytesField(VALUE.type, ...bytesField(TENSOR_TYPE, ...tensor)),
  );
}

/** The same value info under another name. */
export function renamedField(number: number, {field, place}: ValueInfo, name: string): Uint8Array[] {
  const rest = readFields(bytesIn(field, place), place).filter((part) => part.number !== VALUE.name);
  return bytesField(number, ...textField(VALUE.name, name), ...rest.map(({bytes}) => bytes));
}
