import {type PerceptronFile, readPerceptron} from '../perceptron-file.ts';
import type {Call} from '../protocol.ts';

/** Reads a file that a reader dropped. */
export const perceptron: Call<{readonly bytes: Uint8Array}, PerceptronFile> = async ({bytes}) =>
  readPerceptron(bytes);
