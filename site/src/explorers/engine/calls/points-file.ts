import {encodeSafetensors} from '@minefield/safetensors';
import type {Call} from '../protocol.ts';

export interface PointsFileArgs {
  /** `[n, 2]` */
  readonly inputs: Float32Array;
  /** `[n]` */
  readonly labels: Uint8Array;
}

/** Points as a file that the command takes as `--data`. */
export const pointsFile: Call<PointsFileArgs, Uint8Array> = async ({inputs, labels}) =>
  encodeSafetensors([
    {name: 'inputs', shape: [labels.length, 2], data: inputs},
    {name: 'labels', shape: [labels.length], data: Float32Array.from(labels)},
  ]);
