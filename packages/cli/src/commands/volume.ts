import {
  type CoordinatesName,
  type VolumeDocument,
  type VolumeOfOptions,
  volumeOf,
} from '@minefield/experiments';
import {type Command, Option} from 'commander';
import {measure} from '../measure/measure.ts';
import {type SubjectFlags, measuringCommand} from '../measure/subject-options.ts';
import {finiteNumber, positiveNumber, wholeNumber} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {facts, figure} from '../terminal/facts.ts';
import {type Colour, type Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface VolumeFlags extends SubjectFlags {
  readonly cutoff?: number;
  readonly radius?: number;
  readonly cutoffOn: 'loss' | 'excess' | 'kl';
  readonly directions: number;
  readonly estimator: 'isotropic' | 'preconditioned';
  readonly coordinates?: CoordinatesName;
  readonly priorSigma?: number;
}

const COLOURS: Readonly<Record<VolumeDocument['verdict'], Colour>> = {
  reliable: 'green',
  'lower bound': 'yellow',
  unreliable: 'red',
  unbounded: 'yellow',
};

export function volumeCommand(io: Terminal, finish: Finish): Command {
  return measuringCommand('volume', 'measure the volume of a basin, and say how far to trust it')
    .option(
      '--cutoff <nats>',
      'where the basin ends (default: 0.5 of a network, 0.1 elsewhere)',
      finiteNumber,
    )
    .addOption(
      new Option('--cutoff-on <what>', 'the loss, its excess over the point’s, or KL from its predictions')
        .choices(['loss', 'excess', 'kl'])
        .default('loss'),
    )
    .option('--radius <r>', 'ball: its radius, for a cutoff of r² (default: 1)', positiveNumber)
    .option('--directions <n>', 'rays that are followed', wholeNumber(1, 10_000_000), 1000)
    .addOption(
      new Option('--estimator <name>', 'whether rays are stretched along flat directions')
        .choices(['isotropic', 'preconditioned'])
        .default('isotropic'),
    )
    .addOption(
      new Option('--coordinates <name>', 'volume in units of each filter’s length, or raw').choices([
        'relative',
        'raw',
      ]),
    )
    .option('--prior-sigma <sigma>', 'mass under this Gaussian prior instead of volume', positiveNumber)
    .action((checkpoint: string | undefined, flags: VolumeFlags) =>
      measure(io, finish, checkpoint, flags, {
        measure: (subject, options) => volumeOf(subject, {...settings(flags), ...options}),
        lines: volumeLines,
      }),
    );
}

function settings(flags: VolumeFlags): Omit<VolumeOfOptions, 'seed'> {
  const {cutoffOn, directions, estimator, coordinates, priorSigma} = flags;
  return {
    cutoff: cutoffOf(flags),
    cutoffOn,
    directions,
    estimator,
    ...(coordinates && {coordinates}),
    ...(priorSigma !== undefined && {priorSigma}),
  };
}

function cutoffOf({cutoff, radius, objective, cutoffOn}: VolumeFlags): number {
  if (cutoffOn === 'kl' && objective !== undefined) {
    throw new UsageError(
      '--cutoff-on kl is for a checkpoint, a --layers-model or an --evaluator: an analytic objective predicts nothing; leave it out',
    );
  }
  if (cutoff !== undefined && radius !== undefined) {
    throw new UsageError('--radius stands for a --cutoff of its square; give one of them');
  }
  if (cutoff !== undefined) return cutoff;
  if (objective === 'ball') return (radius ?? 1) ** 2;
  return objective === undefined ? 0.5 : 0.1;
}

function volumeLines(found: VolumeDocument, io: Terminal): string[] {
  const {quantity, logVolume, exact, verdict, directions, dimension, censored} = found;
  const what =
    quantity === 'volume' ? `${found.coordinates} volume` : `mass under N(0, ${found.priorSigma}²)`;
  const error = found.standardError === null ? '' : ` ± ${figure(found.standardError, 2)}`;
  const known =
    verdict === 'unbounded'
      ? 'infinite'
      : exact === null
        ? undefined
        : `${figure(exact, 7)}${logVolume === null ? '' : `, so the estimate is off by ${figure(logVolume - exact, 2)}`}`;
  const share = `${figure(100 * found.largestWeight, 2)}%`;
  return facts(
    [
      ['log', `${figure(logVolume, 7)}${error}, natural, of the ${what} in ${dimension} dimensions`],
      ...(known === undefined ? [] : [['exactly', known] as const]),
      ['verdict', `${io.style(COLOURS[verdict], verdict, 'out')}: ${found.reason}`],
      ...(found.lowerBound === null
        ? []
        : [['at least', `${figure(found.lowerBound, 7)} with 95% confidence`] as const]),
      [
        'sample',
        `${directions} ${found.estimator} directions, worth ${figure(found.effectiveSampleSize, 3)}; ` +
          `the largest carries ${share}; ${censored} censored`,
      ],
      ...(found.stableLogVolume === null
        ? []
        : [['stable', `${figure(found.stableLogVolume, 7)}, the mean of the logarithms`] as const]),
      [
        'cutoff',
        `${found.cutoff} on the ${found.cutoffOn}` +
          (found.cutoffOn === 'kl' ? '' : `; ${figure(found.anchorLoss, 3)} is the loss at the point`),
      ],
      ...(found.method === null ? [] : [['products', found.method] as const]),
      ['of', found.subject],
      ...found.notes.map((note) => ['note', note] as const),
    ],
    io,
  );
}
