import type {Subject} from './subject.ts';

export interface CheckpointOptions {
  /** Such as `mlp:2-23-16-1`. Default: what the checkpoint's metadata say. */
  readonly model?: string;
  /**
   * `two-spirals:<seed>`, a safetensors file, or for a network trained on SVHN the file of its images. Default: what the
   * checkpoint was trained on, where that can be drawn again.
   */
  readonly data?: string;
  /** The first so many examples stand for all. Default: 256 of pictures, all of others. */
  readonly examples?: number;
  /** `portable`, or a backend. */
  readonly backend: string;
}

/**
 * A trained network on its data, from a safetensors file. Starts the backend, and loads TensorFlow.js only now.
 *
 * @throws {RangeError} when the file is damaged, does not fit the network or the data, or holds a weight that is not finite
 */
export async function checkpointSubject(file: string, options: CheckpointOptions): Promise<Subject> {
  const {trainedSubject} = await import('./trained-subject.ts');
  return trainedSubject(file, options);
}
