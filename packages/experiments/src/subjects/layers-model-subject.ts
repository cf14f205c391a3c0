import type {Subject} from '@minefield/landscape';
import type {LayersModelOptions} from './layers-model-options.ts';

/**
 * A TensorFlow.js Layers model, from its `model.json`, on data. Starts the backend, and loads TensorFlow.js only now.
 *
 * @throws {InputError} when a file is missing or damaged, the model is none that can be measured, or the data do not fit it
 */
export async function layersModelSubject(file: string, options: LayersModelOptions): Promise<Subject> {
  const {savedModelSubject} = await import('./saved-model-subject.ts');
  return savedModelSubject(file, options);
}
