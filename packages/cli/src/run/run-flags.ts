import type {Command} from 'commander';
import type {DataFlags} from '../data-options.ts';
import {UsageError} from '../usage-error.ts';

/** What `minefield run` is told. */
export interface RunFlags extends DataFlags {
  readonly profile?: string;
  readonly backend: string;
  readonly workers: number;
  readonly networks?: number;
  readonly queue?: string | true;
  readonly shared?: true;
  readonly out: string;
  readonly only?: readonly string[];
  readonly dryRun?: true;
  readonly replace?: true;
  readonly snapshots: number;
  readonly machine?: string;
  readonly json?: true;
}

/** @throws {UsageError} where flags of the work on this machine stand beside a queue, whose workers have their own, or the reverse */
export function refuseFlagsOfElsewhere({queue, shared}: RunFlags, command: Command): void {
  if (queue === undefined) {
    if (shared) throw new UsageError('--shared is for sweeps with a --queue; leave it out');
    return;
  }
  for (const name of ['workers', 'snapshots']) {
    if (command.getOptionValueSource(name) !== 'cli') continue;
    throw new UsageError(
      `--${name} is for work on this machine, not for a --queue; give it to minefield worker`,
    );
  }
}
