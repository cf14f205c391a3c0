import {join} from 'node:path';
import type * as z from 'zod';
import {sha256Schema, slugSchema} from '../fields.ts';
import {shortIdentity} from '../short-identity.ts';

/** Enough to find a record; every record is an address of itself. */
export type RecordAddress =
  | {readonly kind: 'experiment'; readonly experiment: string}
  | {readonly kind: 'run'; readonly experiment: string; readonly identity: string}
  | {readonly kind: 'analysis'; readonly analysis: string; readonly experiment: string; readonly identity: string};

/** Where a record lies, relative to the results folder. */
export function recordPath(address: RecordAddress): string {
  const folder = checked(slugSchema, 'experiment', address.experiment);
  if (address.kind === 'experiment') return join(folder, 'experiment.json');
  const kind = address.kind === 'run' ? 'run' : checked(slugSchema, 'analysis', address.analysis);
  return join(folder, kind, `${short(address.identity)}.json`);
}

/** Where a checkpoint lies, relative to its experiment's folder; with `/` on every system, for records name it. */
export function checkpointFile(sha256: string): string {
  return `checkpoints/${short(sha256)}.safetensors`;
}

function short(hash: string): string {
  return shortIdentity(checked(sha256Schema, 'hash', hash));
}

/** Nothing but a checked name becomes part of a path. */
function checked(schema: z.ZodString, what: string, value: string): string {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RangeError(`results.recordPath: ${result.error.issues[0]?.message} as ${what}, got "${value}"`);
}
