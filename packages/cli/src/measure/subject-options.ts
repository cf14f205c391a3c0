import {type AnalyticSpec, type Subject, analyticSubject, checkpointSubject} from '@minefield/experiments';
import {Command, Option} from 'commander';
import {backendOption} from '../backend-option.ts';
import {finiteNumber, nonNegativeNumber, pairOfNumbers, wholeNumber} from '../option-values.ts';
import {UsageError} from '../usage-error.ts';

/** What a measurement looks at: flags that all four commands have. */
export interface SubjectFlags {
  readonly objective?: AnalyticSpec['name'];
  readonly dimension?: number;
  readonly decades?: [number, number];
  readonly offset?: number;
  readonly constrained?: number;
  readonly power?: number;
  readonly displacement?: number;
  readonly model?: string;
  readonly activation?: string;
  readonly data?: string;
  readonly examples?: number;
  readonly backend: string;
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
  data: ['checkpoint'],
  examples: ['checkpoint'],
  coordinates: ['checkpoint'],
};

const DIMENSIONS: Readonly<Record<AnalyticSpec['name'], number>> = {
  quadratic: 50,
  ball: 10,
  slab: 10,
  power: 1,
};

/** A command that measures a checkpoint or an analytic objective. */
export function measuringCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('[checkpoint]', 'a network’s parameters, as .safetensors; or else name an --objective')
    .optionsGroup('Of a checkpoint:')
    .option('--model <name>', 'the network, such as mlp:2-23-16-1 (default: as the checkpoint says)')
    .option(
      '--activation <name>',
      'what follows its layers, where the checkpoint does not say it; only relu can be measured',
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
    .option('--json', 'print one JSON document on standard output')
    .hook('preAction', refuseBackendOfObjective);
}

/** Unlike other flags of a checkpoint, this one has a default, so only its source tells whether somebody asked for it. */
function refuseBackendOfObjective(command: Command): void {
  const {objective} = command.opts<SubjectFlags>();
  if (objective === undefined || command.getOptionValueSource('backend') !== 'cli') return;
  throw new UsageError('--backend is for a checkpoint; leave it out');
}

/** @throws {UsageError} when the flags name no subject, two, or settings of another */
export async function subjectOf(checkpoint: string | undefined, flags: SubjectFlags): Promise<Subject> {
  const {objective, model, activation, data, examples, backend} = flags;
  const kind = objective ?? 'checkpoint';
  for (const flag of Object.keys(flags)) {
    const owners = BELONGS[flag];
    if (owners && !owners.includes(kind)) {
      const whose = owners[0] === 'checkpoint' ? 'a checkpoint' : `--objective ${owners.join(' or ')}`;
      throw new UsageError(`--${flag} is for ${whose}; leave it out`);
    }
  }
  if (objective !== undefined && checkpoint === undefined) return analyticSubject(specOf(objective, flags));
  if (checkpoint !== undefined && objective === undefined) {
    return checkpointSubject(checkpoint, {model, activation, data, examples, backend});
  }
  throw new UsageError(
    `expected either a checkpoint or an --objective (${OBJECTIVES.join(', ')}), got ${checkpoint === undefined ? 'neither' : 'both'}`,
  );
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
