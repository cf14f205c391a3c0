import {realpath} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {InputError} from '@minefield/core';
import {type SavedLayersModel, parseSavedLayersModel} from '@minefield/models';
import {readRegular, UnfitFileError} from '@minefield/results/node';
import {readBytes} from './read-bytes.ts';

/** The topology of the largest networks takes some megabytes. */
const MOST_CHARACTERS = 2 ** 26;

/**
 * A model as TensorFlow.js Layers saves it: `model.json`, and the files of weights beside it, from no other folder.
 *
 * @returns what the file says, and the bytes of each group of weights
 * @throws {InputError} when a file is missing, leads to another folder, is longer than the model says, or holds something else
 */
export async function readLayersModel(
  file: string,
): Promise<{readonly saved: SavedLayersModel; readonly weights: Uint8Array[]}> {
  const text = await readBytes(file, 'a Layers model', MOST_CHARACTERS);
  const saved = parseSavedLayersModel(new TextDecoder().decode(text));
  const folder = await realpath(dirname(file));
  const weights: Uint8Array[] = [];
  for (const {files, bytes} of saved.groups) {
    const pieces: Uint8Array[] = [];
    let left = bytes;
    for (const name of files) {
      const piece = await readBeside(folder, name, left, file);
      pieces.push(piece);
      left -= piece.length;
    }
    weights.push(Buffer.concat(pieces));
  }
  return {saved, weights};
}

async function readBeside(folder: string, name: string, most: number, model: string): Promise<Uint8Array> {
  const path = join(folder, name);
  try {
    const real = await realpath(path);
    if (dirname(real) !== folder)
      throw refusal(path, model, 'a link that leads out of the folder', 'put the file itself there');
    return await readRegular(real, most);
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof UnfitFileError) {
      throw refusal(
        path,
        model,
        error.got,
        `"weightsManifest" has ${most} bytes left for it; copy all files of the model anew`,
      );
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unreadable one';
    throw refusal(path, model, code === 'ENOENT' ? 'no such file' : code, 'put it beside the model');
  }
}

function refusal(path: string, model: string, got: string, remedy: string): InputError {
  return new InputError(
    `experiments.readLayersModel: expected weights of ${model} at ${path}, got ${got}; ${remedy}`,
  );
}
