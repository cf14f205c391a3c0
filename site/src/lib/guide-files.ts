const NETWORK = 'packages/evaluator/test/fixtures/networks/le-net';

/** What guides give to their readers, by name; files of the repository. */
export const guideFiles: Readonly<Record<string, string>> = {
  'model.onnx': `${NETWORK}/model.onnx`,
  'model.json': `${NETWORK}/model.json`,
  'weights.bin': `${NETWORK}/weights.bin`,
  'examples.safetensors': `${NETWORK}/data.safetensors`,
};
