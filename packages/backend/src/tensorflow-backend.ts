import * as tf from '@tensorflow/tfjs-core';
import {activate} from './activate.ts';
import {type BackendCandidate, BackendUnavailableError} from './backend.ts';
import {type Importer, type MissingModule, loadOptional} from './load-optional.ts';
import {repairNodeUtil} from './node-util-repair.ts';

const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/**
 * Native TensorFlow, from whichever of its two packages is installed and works. Importing one registers the backend
 * with TensorFlow.js.
 */
export function tensorflowBackend(load: Importer): BackendCandidate {
  return {
    name: 'tensorflow',
    async start() {
      repairNodeUtil();
      const failures: MissingModule[] = [];
      for (const specifier of PACKAGES) {
        const found = await loadOptional(specifier, load);
        if (found.state === 'present') {
          await activate('tensorflow', rebuild(specifier));
          return {kernels: null, device: deviceOf(tf.backend())};
        }
        failures.push(found);
      }
      throw unavailable(failures);
    },
  };
}

function unavailable(failures: readonly MissingModule[]): BackendUnavailableError {
  const broken = failures.filter(({state}) => state === 'broken');
  const reasons =
    broken.length > 0
      ? broken.map(({reason}) => reason).join(', and ')
      : `neither ${PACKAGES.join(' nor ')} is installed`;
  const remedy = broken[0] === undefined ? 'npm install @tensorflow/tfjs-node' : rebuild(broken[0].specifier);
  return new BackendUnavailableError('tensorflow', reasons, remedy, broken[0]?.cause);
}

function rebuild(specifier: string): string {
  return `npm rebuild ${specifier} --build-addon-from-source`;
}

/** The native backend knows whether TensorFlow found a GPU. */
function deviceOf(backend: tf.KernelBackend & {readonly isUsingGpuDevice?: boolean}): string | null {
  if (backend.isUsingGpuDevice === undefined) return null;
  return backend.isUsingGpuDevice ? 'GPU' : 'CPU';
}
