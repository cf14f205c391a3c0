import {UsageError} from '../usage-error.ts';

/** What measures a file. */
type Door = 'checkpoint' | 'layersModel' | 'onnx';

const EXPECTED: Readonly<Record<Door, string>> = {
  checkpoint: 'a .safetensors file as a checkpoint',
  layersModel: 'the model.json of a --layers-model',
  onnx: 'an .onnx file as the model of --onnx',
};

/** Files that somebody may well have, by how their names end; what no door takes as it is has none. */
const FILES: readonly {
  readonly ends: RegExp;
  readonly is: string;
  readonly door?: Door;
  readonly remedy: string;
}[] = [
  {
    ends: /\.safetensors$/,
    is: 'a checkpoint',
    door: 'checkpoint',
    remedy: 'give it without an option, and the network by --model; or measure the model with --evaluator',
  },
  {ends: /\.onnx$/, is: 'a model of ONNX', door: 'onnx', remedy: 'measure it with --onnx'},
  {ends: /\.json$/, is: 'a Layers model', door: 'layersModel', remedy: 'measure it with --layers-model'},
  {
    ends: /\.(?:pt|pth|ckpt|pkl)$/,
    is: 'a pickle of PyTorch',
    remedy:
      'save its state dict with save_file of safetensors.torch, or measure the model where it is with --evaluator',
  },
  {
    ends: /\.(?:h5|hdf5|keras)$/,
    is: 'a model of Keras',
    remedy:
      'convert it with tensorflowjs_converter --output_format tfjs_layers_model, and measure it with --layers-model',
  },
  {ends: /\.py$/, is: 'a program', remedy: 'measure what it serves with --evaluator "python3 …"'},
];

/** @throws {UsageError} when the name of a file says that another door takes it */
export function requireDoor(door: Door, file: string): void {
  const found = FILES.find(({ends}) => ends.test(file.toLowerCase()));
  if (found === undefined || found.door === door) return;
  throw new UsageError(`expected ${EXPECTED[door]}, got ${found.is}, ${file}; ${found.remedy}`);
}
