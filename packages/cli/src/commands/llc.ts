import {
  type LearningCoefficientDocument,
  type LearningCoefficientOfOptions,
  learningCoefficientOf,
} from '@minefield/experiments';
import {type Command, Option} from 'commander';
import {measure} from '../measure/measure.ts';
import {type SubjectFlags, measuringCommand} from '../measure/subject-options.ts';
import {nonNegativeNumber, positiveNumber, wholeNumber} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {facts, figure} from '../terminal/facts.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface LlcFlags extends SubjectFlags {
  readonly sampler: 'sgld' | 'mala';
  readonly chains: number;
  readonly steps?: number;
  readonly epsilon?: number;
  readonly nBeta?: number;
  readonly gamma?: number;
}

export function llcCommand(io: Terminal, finish: Finish): Command {
  return measuringCommand('llc', 'measure the local learning coefficient by Langevin chains')
    .addOption(
      new Option('--sampler <name>', 'plain steps, or steps accepted or rejected so that none biases')
        .choices(['sgld', 'mala'])
        .default('sgld'),
    )
    .option('--chains <n>', 'independent chains', wholeNumber(1, 1000), 4)
    .option(
      '--steps <n>',
      'draws of each chain (default: 2000 of a network, 20000 elsewhere)',
      wholeNumber(1, 10_000_000),
    )
    .option('--epsilon <step>', 'step size ε (default: by the largest eigenvalue)', positiveNumber)
    .option(
      '--n-beta <nβ>',
      'inverse temperature (default: n / ln n for n examples, else 100)',
      positiveNumber,
    )
    .option('--gamma <γ>', 'pull back to the point (default: 1; power: 0)', nonNegativeNumber)
    .action((checkpoint: string | undefined, flags: LlcFlags) =>
      measure(io, finish, checkpoint, flags, {
        measure: (subject, options) => learningCoefficientOf(subject, {...settings(flags), ...options}),
        lines: llcLines,
      }),
    );
}

function settings({
  sampler,
  chains,
  steps,
  epsilon,
  nBeta,
  gamma,
}: LlcFlags): Omit<LearningCoefficientOfOptions, 'seed'> {
  return {
    sampler,
    chains,
    ...(steps !== undefined && {steps}),
    ...(epsilon !== undefined && {stepSize: epsilon}),
    ...(nBeta !== undefined && {inverseTemperature: nBeta}),
    ...(gamma !== undefined && {localization: gamma}),
  };
}

function llcLines(found: LearningCoefficientDocument, io: Terminal): string[] {
  const {exact, exactAtStepSize, chains, sampler} = found;
  const acceptance = chains.flatMap((chain) => (chain.acceptance === null ? [] : [chain.acceptance]));
  const accepted =
    acceptance.length === 0 ? '' : `; accepted ${figure(100 * mean(acceptance), 3)}% of the steps`;
  const biased =
    exact !== null && exactAtStepSize !== null && exactAtStepSize !== exact
      ? `; ${figure(exactAtStepSize)} with this sampler and step`
      : '';
  return facts(
    [
      ['λ̂', `${figure(found.learningCoefficient)} ± ${figure(found.standardError, 2)}`],
      ...(exact === null ? [] : [['exactly', `${figure(exact)}${biased}`] as const]),
      ...(found.warning === null ? [] : [['warning', io.style('yellow', found.warning, 'out')] as const]),
      [
        'chains',
        `${chains.map(({coefficient}) => figure(coefficient, 4)).join(', ')}; ` +
          `standard deviation ${figure(found.chainSpread, 2)}, split-R̂ ${figure(found.rHat, 3)}`,
      ],
      [
        'sampler',
        `${sampler.toUpperCase()}, ${found.steps} steps, ε ${figure(found.stepSize, 3)}, ` +
          `nβ ${figure(found.inverseTemperature, 4)}, γ ${found.localization}${accepted}`,
      ],
      ...(found.method === null ? [] : [['products', found.method] as const]),
      ['of', `${found.subject}; ${figure(found.anchorLoss, 3)} is the loss at the point`],
      ...found.notes.map((note) => ['note', note] as const),
    ],
    io,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
