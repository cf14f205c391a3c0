import {splitCommand} from '@minefield/evaluator';
import {
  type AnalyticSpec,
  type Subject,
  analyticSubject,
  checkpointSubject,
  evaluatorSubject,
  layersModelSubject,
} from '@minefield/experiments';
import {Command, Option} from 'commander';
import {backendOption} from '../backend-option.ts';
import {type OnnxFlags, addOnnxOptions, onnxSubjectOf, refuseCurvatureOfOnnx} from './onnx-options.ts';
import {requireDoor} from './require-door.ts';
import {finiteNumber, nonNegativeNumber, pairOfNumbers, wholeNumber} from '../option-values.ts';
import {UsageError} from '../usage-error.ts';

/** What a measurement looks at: flags that all four commands have. */
export interface SubjectFlags extends OnnxFlags {
  readonly objective?: AnalyticSpec['name'];
  readonly dimension?: number;
  readonly decades?: [number, number];
  readonly offset?: number;
  readonly constrained?: number;
  readonly power?: number;
  readonly displacement?: number;
  readonly model?: string;
  readonly activation?: string;
  readonly backend: string;
  readonly layersModel?: string;
  readonly evaluator?: string;
  readonly evaluatorTimeout?: number;
  readonly trustProducts?: true;
  readonly seed: number;
  readonly json?: true;
}

const OBJECTIVES = ['quadratic', 'ball', 'slab', 'power'] as const;

/** The subject that each flag belongs to, where it does not belong to all. */
const BELONGS: Readonly<Record<string, readonly string[]>> = {
  dimension: OBJECTIVES,
  displacement: OBJECTIVES,
  decades: ['quadratic'],
  offset: ['ball'],
  radius: ['ball'],
  constrained: ['slab'],
  power: ['power'],
  model: ['checkpoint'],
  activation: ['checkpoint'],
  data: ['checkpoint', 'layersModel', 'onnx'],
  examples: ['checkpoint', 'layersModel', 'onnx'],
  coordinates: ['checkpoint', 'layersModel', 'evaluator', 'onnx'],
  parameters: ['onnx'],
  include: ['onnx'],
  exclude: ['onnx'],
  untie: ['onnx'],
  output: ['onnx'],
  loss: ['onnx'],
  evaluatorTimeout: ['evaluator'],
};

/** Subjects that are no objective, in words. */
const OTHERS: Readonly<Record<string, string>> = {
  checkpoint: 'a checkpoint',
  layersModel: 'a --layers-model',
  evaluator: 'an --evaluator',
  onnx: 'a model of --onnx',
};

const DIMENSIONS: Readonly<Record<AnalyticSpec['name'], number>> = {
  quadratic: 50,
  ball: 10,
  slab: 10,
  power: 1,
};

/** A command that measures a checkpoint, a Layers model, a model of ONNX, another program's model, or an analytic objective. */
export function measuringCommand(name: string, description: string): Command {
  const command = new Command(name)
    .description(description)
    .argument(
      '[checkpoint]',
      'a network’s parameters, as .safetensors; or else name a --layers-model, an --evaluator, a model of --onnx, or an --objective',
    )
    .optionsGroup('Of a checkpoint:')
    .option(
      '--model <name>',
      'the network, such as mlp:2-23-16-1 or mlp:2-16-1:tanh:bias-free (default: as the checkpoint says)',
    )
    .option(
      '--activation <name>',
      'what follows its layers, where neither its name nor the checkpoint says it: relu, leaky-relu, tanh, sigmoid, gelu, silu or softplus',
    )
    .option(
      '--data <name>',
      'two-spirals:<seed>, a .safetensors file with inputs and labels (and logits or loss to be compared with), ' +
        'or SVHN’s .mat (default: what it was trained on)',
    )
    .option(
      '--examples <n>',
      'the first so many examples stand for all (default: 256 of pictures, all of others)',
      wholeNumber(1, 1_000_000),
    )
    .addOption(backendOption())
    .optionsGroup('Of a TensorFlow.js Layers model, on --data:')
    .option(
      '--layers-model <file>',
      'its model.json, as model.save or a conversion from Keras writes it, its weights beside it',
    )
    .optionsGroup(
      'Of a model that a program of yours evaluates, at its own point or at that of a checkpoint:',
    )
    .option(
      '--evaluator <command>',
      'the program, such as "python3 model.py"; minefield evaluator --python prints what it imports',
    )
    .option(
      '--evaluator-timeout <seconds>',
      'how long it may take to start, and to answer a request (default: 600)',
      wholeNumber(1, 2_000_000),
    );
  return addOnnxOptions(command)
    .optionsGroup('Of an objective with known answers:')
    .addOption(new Option('--objective <name>', 'which one').choices(OBJECTIVES))
    .option('--dimension <n>', 'its dimension', wholeNumber(1, 1_000_000))
    .option(
      '--decades <a,b>',
      'quadratic: its curvatures go from 10^a to 10^b (default: -1,1)',
      pairOfNumbers,
    )
    .option('--offset <distance>', 'ball: of its centre from the origin (default: 0)', nonNegativeNumber)
    .option('--constrained <n>', 'slab: how many dimensions bend (default: 1)', wholeNumber(1, 1_000_000))
    .option('--power <k>', 'power: each coordinate gives x^(2k) (default: 2)', wholeNumber(1, 50))
    .option('--displacement <distance>', 'of the point measured from the minimum (default: 0)', finiteNumber)
    .optionsGroup('Options:')
    .option('--seed <n>', 'of everything random', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option(
      '--trust-products',
      'take Hessian-vector products at their word where differences do not confirm them, as at kinks of ReLUs',
    )
    .option('--json', 'print one JSON document on standard output')
    .hook('preAction', refuseBackendOfObjective)
    .hook('preAction', refuseCurvatureOfOnnx);
}

/** Unlike other flags of a checkpoint, this one has a default, so only its source tells whether somebody asked for it. */
function refuseBackendOfObjective(command: Command): void {
  const {objective, evaluator, onnx} = command.opts<SubjectFlags>();
  if ((objective ?? evaluator ?? onnx) === undefined || command.getOptionValueSource('backend') !== 'cli')
    return;
  throw new UsageError('--backend is for a checkpoint or a --layers-model; leave it out');
}

/** @throws {UsageError} when the flags name no subject, two, or settings of another */
export async function subjectOf(
  checkpoint: string | undefined,
  flags: SubjectFlags,
  signal: AbortSignal,
): Promise<Subject> {
  const {objective, evaluator, layersModel, onnx, model, activation, data, examples, backend} = flags;
  const named = [
    ...(checkpoint === undefined || (layersModel ?? onnx) === undefined ? [] : ['a checkpoint']),
    ...(layersModel === undefined ? [] : ['a --layers-model']),
    ...(evaluator === undefined ? [] : ['an --evaluator']),
    ...(onnx === undefined ? [] : ['a model of --onnx']),
    ...(objective === undefined ? [] : ['an --objective']),
  ];
  if (named.length > 1) {
    throw new UsageError(
      `expected either ${named.join(' or ')}, got ${named.length === 2 ? 'both' : 'all'}; leave one out`,
    );
  }
  const kind = objective ?? kindOf(flags);
  for (const flag of Object.keys(flags)) {
    const owners = BELONGS[flag];
    if (owners && !owners.includes(kind)) {
      throw new UsageError(`--${dashed(flag)} is for ${whoseFlag(owners)}; leave it out`);
    }
  }
  if (checkpoint !== undefined) requireDoor('checkpoint', checkpoint);
  if (evaluator !== undefined) {
    const {evaluatorTimeout: seconds} = flags;
    return evaluatorSubject(splitCommand(evaluator), {
      checkpoint,
      signal,
      ...(seconds !== undefined && {timeoutMs: 1000 * seconds}),
    });
  }
  if (onnx !== undefined) {
    requireDoor('onnx', onnx);
    return onnxSubjectOf(onnx, flags);
  }
  if (layersModel !== undefined) {
    requireDoor('layersModel', layersModel);
    if (data === undefined) {
      throw new UsageError(
        'expected the --data of a --layers-model, got none; name a .safetensors file with inputs and labels',
      );
    }
    return layersModelSubject(layersModel, {data, examples, backend});
  }
  if (objective !== undefined && checkpoint === undefined) return analyticSubject(specOf(objective, flags));
  if (checkpoint !== undefined && objective === undefined) {
    return checkpointSubject(checkpoint, {model, activation, data, examples, backend});
  }
  throw new UsageError(
    checkpoint === undefined
      ? `expected a checkpoint, a --layers-model, an --evaluator, a model of --onnx or an --objective (${OBJECTIVES.join(', ')}), got none`
      : `expected either a checkpoint or an --objective (${OBJECTIVES.join(', ')}), got both`,
  );
}

function kindOf({evaluator, layersModel, onnx}: SubjectFlags): string {
  if (evaluator !== undefined) return 'evaluator';
  if (layersModel !== undefined) return 'layersModel';
  return onnx === undefined ? 'checkpoint' : 'onnx';
}

function whoseFlag(owners: readonly string[]): string {
  const objectives = owners.filter((owner) => !(owner in OTHERS));
  if (objectives.length > 0) return `--objective ${objectives.join(' or ')}`;
  return owners.map((owner) => OTHERS[owner]).join(' or ');
}

/** As it stands on the command line. */
function dashed(flag: string): string {
  return flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function specOf(name: AnalyticSpec['name'], flags: SubjectFlags): AnalyticSpec {
  const {decades = [-1, 1], offset = 0, constrained = 1, power = 2, displacement = 0} = flags;
  const common = {dimension: flags.dimension ?? DIMENSIONS[name], displacement};
  switch (name) {
    case 'quadratic':
      return {name, decades, ...common};
    case 'ball':
      return {name, offset, ...common};
    case 'slab':
      return {name, constrained, ...common};
    case 'power':
      return {name, power, ...common};
  }
}
