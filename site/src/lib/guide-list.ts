/** Which files of the repository are guides: those of `src/guides`, and pages of packages that are to be read as they are. */

/** By what a reader wants to do, in the order of the page that lists them. */
export const guideGroups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Measure a model that is there': {
    pytorch: 'packages/evaluator/docs/pytorch.md',
    'onnx-and-keras': 'site/src/guides/onnx-and-keras.md',
  },
  Train: {
    'bad-minimum': 'site/src/guides/bad-minimum.md',
    'conv-net': 'site/src/guides/conv-net.md',
  },
  Experiment: {
    experiment: 'site/src/guides/experiment.md',
    cluster: 'site/src/guides/cluster.md',
    companion: 'site/src/guides/companion.md',
  },
  'Look up': {
    'many-machines': 'packages/cli/docs/cluster.md',
    tensorflow: 'packages/backend/docs/tensorflow.md',
    protocol: 'packages/evaluator/docs/protocol.md',
  },
};

/** The name of the guide that a file of the repository is, or undefined. */
export function guideOf(file: string): string | undefined {
  const all = Object.values(guideGroups).flatMap((group) => Object.entries(group));
  return all.find(([, path]) => path === file)?.[0];
}
