import type {OnnxModel, ReadOnnxOptions} from '../read-onnx.ts';
import {externalFiles, readOnnx} from '../read-onnx.ts';
import {MOST_BYTES, readBeside, readRegular} from './read-within.ts';

/**
 * Reads a model from a file, with the files beside it that hold tensors of it. Those have to be in its own folder or below, links
 * followed, and all of them together no larger than 1 GiB.
 *
 * @throws {InputError} where a file is missing, too large or elsewhere, and as {@link readOnnx} does
 */
export async function openOnnx(
  file: string,
  options: Omit<ReadOnnxOptions, 'file' | 'external'> = {},
): Promise<OnnxModel> {
  const bytes = await readRegular(file, 'a model', MOST_BYTES);
  const external = new Map<string, Uint8Array>();
  let left = MOST_BYTES;
  for (const location of externalFiles(bytes, file)) {
    const found = await readBeside(file, location, left);
    left -= found.length;
    external.set(location, found);
  }
  return readOnnx(bytes, {...options, file, external});
}
