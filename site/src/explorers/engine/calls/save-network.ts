import {encodeCheckpoint, mlp} from '@minefield/models';
import type {Call} from '../protocol.ts';

export interface SaveNetworkArgs {
  /** `[P]` */
  readonly theta: Float32Array;
  readonly hidden: readonly number[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** A `.safetensors` file of a network, as the command line reads it. */
export const saveNetwork: Call<SaveNetworkArgs, Uint8Array<ArrayBuffer>> = ({theta, hidden, metadata}) => {
  const {layout} = mlp({inputs: 2, hidden, outputs: 1});
  return Promise.resolve(new Uint8Array(encodeCheckpoint(theta, layout, metadata)));
};
