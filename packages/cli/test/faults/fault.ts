import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {type Command, until} from './command.ts';
import type {Ground} from './ground.ts';

/** What one kind of fault did. */
export interface Fault {
  /** How often something was broken. */
  readonly faults: number;
  /** Where the records of the sweep are. */
  readonly folders: readonly string[];
}

/** Breaks a sweep in one way, `count` times, and lets it end well; null where this machine does not let it. */
export type FaultKind = (ground: Ground, count: number) => Promise<Fault | null>;

/** Whether a command has ended. */
export function ended({child}: Command): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Until a sweep of the local pool has begun something, or ended. */
export async function untilWorking(sweep: Command, folder: string): Promise<void> {
  const work = join(folder, 'faults', '.work');
  const said = (): boolean => /\d+%/.test(sweep.said());
  await until('the sweep works', () => {
    if (ended(sweep) || said()) return true;
    try {
      return readdirSync(work).some((name) => name.endsWith('.safetensors'));
    } catch {
      return false;
    }
  });
}
