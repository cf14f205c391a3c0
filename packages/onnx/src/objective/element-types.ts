/** The types of tensors that models take and give, by their numbers in the format. */

/** How a runtime names the types that can be fed to it here. */
const FED = {1: 'float32', 2: 'uint8', 3: 'int8', 6: 'int32', 7: 'int64', 9: 'bool', 11: 'float64'} as const;

export type FedType = (typeof FED)[keyof typeof FED];

/** @returns undefined where numbers of the type cannot be fed */
export function fedType(type: number): FedType | undefined {
  return (FED as Readonly<Record<number, FedType>>)[type];
}

/** Whether numbers of the type have fractions, in float32 or float64. */
export function isRealType(type: number): boolean {
  return type === 1 || type === 11;
}

export type FedArray = Float32Array | Float64Array | Int8Array | Uint8Array | Int32Array | BigInt64Array;

/** An array of so many zeros of a type. */
export function fedArray(type: FedType, length: number): FedArray {
  switch (type) {
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
    case 'int8':
      return new Int8Array(length);
    case 'uint8':
    case 'bool':
      return new Uint8Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'int64':
      return new BigInt64Array(length);
  }
}
