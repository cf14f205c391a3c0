import {type ScanDirection, type ScanDocument, scanOf} from '@minefield/experiments';
import {type Command, Option} from 'commander';
import {measure} from '../measure/measure.ts';
import {type SubjectFlags, measuringCommand} from '../measure/subject-options.ts';
import {positiveNumber, wholeNumber} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {extentOf} from '../terminal/extent-of.ts';
import {facts, figure} from '../terminal/facts.ts';
import {lineChart, surfaceChart} from '../terminal/scan-charts.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface ScanFlags extends SubjectFlags {
  readonly surface?: true;
  readonly direction?: ScanDirection;
  readonly maximum: number;
  readonly points?: number;
}

export function scanCommand(io: Terminal, finish: Finish): Command {
  return measuringCommand('scan', 'evaluate the loss along a line through a point, or over a plane')
    .option('--surface', 'over a plane instead of along a line')
    .addOption(
      new Option(
        '--direction <name>',
        'random with each filter as long as the network’s, random of length 1, or the leading eigenvector',
      ).choices(['filter', 'unit', 'sharpest']),
    )
    .option('--maximum <distance>', 'the scan goes from −distance to distance', positiveNumber, 1)
    .option(
      '--points <n>',
      'points a side, odd (default: 41 on a line, 21 on a surface)',
      wholeNumber(3, 100_001),
    )
    .action((checkpoint: string | undefined, flags: ScanFlags) =>
      measure(io, finish, checkpoint, flags, {
        measure: (subject, options) => {
          const {surface = false, direction, maximum, points = surface ? 21 : 41} = flags;
          return scanOf(subject, {surface, maximum, points, ...(direction && {direction}), ...options});
        },
        lines: scanLines,
      }),
    );
}

function scanLines(found: ScanDocument, io: Terminal): string[] {
  return [
    ...(found.ys.length === 1 ? lineChart(found) : surfaceChart(found)),
    '',
    ...facts(
      [
        ['loss', lossText(found)],
        ...(found.method === null ? [] : [['products', found.method] as const]),
        ['of', `${found.subject}, ${found.loss.length} points, direction ${found.direction}`],
        ...found.notes.map((note) => ['note', note] as const),
      ],
      io,
    ),
  ];
}

function lossText({anchorLoss, loss}: ScanDocument): string {
  const extent = extentOf(loss);
  if (extent === undefined) return `none: it overflows at all ${loss.length} points`;
  const overflowed = loss.filter((value) => value === null).length;
  return (
    `${figure(anchorLoss)} at the point, ${figure(extent.least)} to ${figure(extent.most)} around it` +
    (overflowed > 0 ? `; it overflows at ${overflowed} points` : '')
  );
}
