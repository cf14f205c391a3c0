import {decodeCheckpoint, mlp} from '@minefield/models';
import type {Call} from '../protocol.ts';

export interface CheckpointArgs {
  /** Absolute address of a committed `.safetensors` file. */
  readonly address: string;
  readonly hidden: readonly number[];
}

/** Parameters of a trained network, `[P]`, to the bit as the records have them. */
export const checkpoint: Call<CheckpointArgs, Float32Array> = async ({address, hidden}) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const {layout} = mlp({inputs: 2, hidden, outputs: 1});
  return decodeCheckpoint(new Uint8Array(await response.arrayBuffer()), layout);
};
