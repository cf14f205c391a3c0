/**
 * A named array of a checkpoint. It says nothing of the file that it is from or for: what `decodeSafetensors` of
 * `@minefield/safetensors` gives is one, and what its `encodeSafetensors` takes.
 */
export interface CheckpointTensor<
  A extends Float32Array | Float64Array | Int32Array | BigInt64Array =
    Float32Array | Float64Array | Int32Array | BigInt64Array,
> {
  readonly name: string;
  /** Row-major; `[]` for a scalar. */
  readonly shape: readonly number[];
  readonly data: A;
}
