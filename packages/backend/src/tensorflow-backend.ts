import {activate, messageOf} from './activate.ts';
import {type BackendCandidate, BackendUnavailableError} from './backend.ts';
import {buildFolder, findBuild} from './tensorflow/build-folder.ts';
import {loadBuild} from './tensorflow/load-build.ts';

const REMEDY = 'minefield backend build tensorflow';

/** Native TensorFlow, where it was built on this machine. */
export const tensorflowBackend: BackendCandidate = {
  name: 'tensorflow',
  async start() {
    const folder = findBuild();
    if (folder === null) {
      throw new BackendUnavailableError('tensorflow', 'TensorFlow was not built on this machine', REMEDY);
    }
    const {version, gpu} = load(folder);
    await activate('tensorflow', REMEDY);
    return {kernels: null, device: `TensorFlow ${version} on ${gpu ? 'a GPU' : 'the CPU'}`};
  },
};

function load(folder: string): ReturnType<typeof loadBuild> {
  try {
    return loadBuild(folder);
  } catch (error) {
    const flag = folder === buildFolder(true) ? ' --gpu' : '';
    const remedy = `${REMEDY}${flag}, which tries it and builds it again`;
    throw new BackendUnavailableError(
      'tensorflow',
      `${folder} cannot be loaded: ${messageOf(error)}`,
      remedy,
      error,
    );
  }
}
