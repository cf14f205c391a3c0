import {type OnnxOptions, type Subject, onnxSubject} from '@minefield/experiments';
import {type Command, InvalidArgumentError, Option} from 'commander';
import {wholeNumber} from '../option-values.ts';
import {UsageError} from '../usage-error.ts';

/** Flags of a model of ONNX, and those that it shares with checkpoints. */
export interface OnnxFlags {
  readonly onnx?: string;
  readonly data?: string;
  readonly examples?: number;
  readonly loss?: LossName;
  readonly parameters?: number;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly untie?: true;
  readonly output?: string;
}

type LossName = 'cross-entropy' | 'logistic' | 'squared-error';

const LOSSES: Readonly<Record<LossName, OnnxOptions['loss']>> = {
  'cross-entropy': 'crossEntropy',
  logistic: 'logistic',
  'squared-error': 'meanSquaredError',
};

export function addOnnxOptions(command: Command): Command {
  return command
    .optionsGroup('Of a model of ONNX, with --data of inputs and labels (for volume and scan):')
    .option('--onnx <file>', 'the model; onnxruntime-node evaluates it, where you installed that')
    .option(
      '--parameters <n>',
      'how many there should be; another number is refused, with what is tied and what is fixed',
      wholeNumber(1, 2 ** 31),
    )
    .option('--include <names>', 'tensors that are parameters, too, with commas between', names)
    .option('--exclude <names>', 'parameters that are held fixed, with commas between', names)
    .option('--untie', 'makes parameters of the copies that the exporter made of equal ones')
    .option('--output <name>', 'the output that is looked at (default: the only one)')
    .addOption(
      new Option('--loss <name>', 'of the outputs (default: logistic of one, else cross-entropy)').choices(
        Object.keys(LOSSES),
      ),
    );
}

function names(text: string): string[] {
  const found = text.split(',').map((name) => name.trim());
  if (found.every((name) => name !== '')) return found;
  throw new InvalidArgumentError('Expected names with commas between them.');
}

/** @throws {UsageError} where a command would need what ONNX does not have */
export function refuseCurvatureOfOnnx(command: Command): void {
  const {onnx, estimator, direction} = command.opts<{
    onnx?: string;
    estimator?: string;
    direction?: string;
  }>();
  if (onnx === undefined) return;
  const name = command.name();
  const what =
    estimator === 'preconditioned'
      ? '--estimator preconditioned'
      : direction === 'sharpest'
        ? '--direction sharpest'
        : name === 'spectrum' || name === 'llc'
          ? name
          : undefined;
  if (what === undefined) return;
  throw new UsageError(
    `${what} needs gradients, and a model of ONNX has values alone; ask the program that it was exported from, by --evaluator`,
  );
}

/** @throws {UsageError} where no data are named */
export function onnxSubjectOf(file: string, flags: OnnxFlags): Promise<Subject> {
  const {data, examples, loss, parameters, include, exclude, untie, output} = flags;
  if (data === undefined) {
    throw new UsageError(
      `expected the examples of ${file} by --data, a .safetensors file with inputs and labels, got none`,
    );
  }
  return onnxSubject(file, {
    data,
    examples,
    loss: loss && LOSSES[loss],
    parameters,
    include,
    exclude,
    untie,
    output,
  });
}
