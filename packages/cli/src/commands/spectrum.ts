import {type CoordinatesName, type SpectrumDocument, spectrumOf} from '@minefield/experiments';
import {type Command, Option} from 'commander';
import {measure} from '../measure/measure.ts';
import {type SubjectFlags, measuringCommand} from '../measure/subject-options.ts';
import {wholeNumber} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {densityChart} from '../terminal/density-chart.ts';
import {facts, figure} from '../terminal/facts.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface SpectrumFlags extends SubjectFlags {
  readonly steps: number;
  readonly samples: number;
  readonly coordinates?: CoordinatesName;
}

export function spectrumCommand(io: Terminal, finish: Finish): Command {
  return measuringCommand('spectrum', 'measure the Hessian: both ends of its spectrum, trace and density')
    .option('--steps <n>', 'most Lanczos steps, for the ends and for each probe', wholeNumber(1, 10_000), 80)
    .option('--samples <n>', 'random probes, for each trace and for the density', wholeNumber(1, 10_000), 32)
    .addOption(
      new Option('--coordinates <name>', 'in units of each filter’s length, or raw').choices([
        'relative',
        'raw',
      ]),
    )
    .action((checkpoint: string | undefined, flags: SpectrumFlags) =>
      measure(io, finish, checkpoint, flags, {
        measure: (subject, options) => {
          const {steps, samples, coordinates} = flags;
          return spectrumOf(subject, {steps, samples, ...(coordinates && {coordinates}), ...options});
        },
        lines: spectrumLines,
      }),
    );
}

function spectrumLines(found: SpectrumDocument, io: Terminal): string[] {
  const {largest, smallest, trace, exact} = found;
  const known = (value: number | undefined): string =>
    value === undefined ? '' : `; exactly ${figure(value, 7)}`;
  const end = ({value, errorBound}: SpectrumDocument['largest'], truth: number | undefined): string =>
    `${figure(value, 7)} ± ${figure(errorBound, 2)}${known(truth)}`;
  const moved = ({moves, size, largest: top}: NonNullable<SpectrumDocument['underMoves']>): string =>
    `largest ${figure(top.median, 3)} (${figure(top.low, 3)} to ${figure(top.high, 3)}), the median of ${moves} points ` +
    `whose weights differ by ${size} of themselves`;
  const sum = (estimate: SpectrumDocument['trace']['hutchinson']): string =>
    `${figure(estimate.trace, 6)} ± ${figure(estimate.standardError, 2)}`;
  return [
    ...facts(
      [
        ['largest', end(largest, exact?.largest)],
        ['smallest', end(smallest, exact?.smallest)],
        ...(found.underMoves === null ? [] : [['moved', moved(found.underMoves)] as const]),
        [
          'trace',
          `${sum(trace.hutchinson)} by Hutchinson, ${sum(trace.hutchPlusPlus)} by Hutch++${known(exact?.trace)}`,
        ],
        [
          'products',
          `${found.method}, self-check ${figure(found.selfCheck, 2)}; ${found.steps} Lanczos steps, ` +
            `${found.converged ? 'converged' : 'not converged'}; ${trace.samples} probes`,
        ],
        ['of', `${found.subject}, ${found.dimension} eigenvalues in ${found.coordinates} coordinates`],
        ...found.notes.map((note) => ['note', note] as const),
      ],
      io,
    ),
    '',
    'Share of the eigenvalues, by magnitude',
    ...densityChart(found.density),
  ];
}
