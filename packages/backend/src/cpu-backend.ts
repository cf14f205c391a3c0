import {activate, messageOf} from './activate.ts';
import {type BackendCandidate, BackendUnavailableError} from './backend.ts';

const REMEDY = 'install @tensorflow/tfjs-backend-cpu';

/** Plain JavaScript: slow, and the reference for the others. */
export const cpuBackend: BackendCandidate = {
  name: 'cpu',
  async start() {
    try {
      await import('@tensorflow/tfjs-backend-cpu');
    } catch (error) {
      throw new BackendUnavailableError('cpu', messageOf(error), REMEDY, error);
    }
    await activate('cpu', REMEDY);
    return {kernels: null, device: null};
  },
};
