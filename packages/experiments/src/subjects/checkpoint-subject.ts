import type {CheckpointOptions} from './checkpoint-options.ts';
import type {Subject} from '@minefield/landscape';

/**
 * A trained network on its data, from a safetensors file. Starts the backend, and loads TensorFlow.js only now.
 *
 * @throws {RangeError} when the file is damaged, does not fit the network or the data, or holds a weight that is not finite
 */
export async function checkpointSubject(file: string, options: CheckpointOptions): Promise<Subject> {
  const {trainedSubject} = await import('./trained-subject.ts');
  return trainedSubject(file, options);
}
