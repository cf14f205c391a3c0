import {dirname, join} from 'node:path';
import type * as z from 'zod';
import {sha256Schema, slugSchema} from '../fields.ts';
import {shortIdentity} from '../short-identity.ts';

/** Enough to find a record; every record is an address of itself. */
export type RecordAddress =
  | {readonly kind: 'experiment'; readonly experiment: string}
  | {readonly kind: 'run'; readonly experiment: string; readonly identity: string}
  | {
      readonly kind: 'analysis';
      readonly analysis: string;
      readonly experiment: string;
      readonly identity: string;
    };

const PACK_SUFFIX = '.jsonl.gz';

/** Where a record lies that has a file of its own, relative to the results folder. */
export function recordPath(address: RecordAddress): string {
  const folder = checked(slugSchema, 'experiment', address.experiment);
  if (address.kind === 'experiment') return join(folder, 'experiment.json');
  const kind = address.kind === 'run' ? 'run' : checked(slugSchema, 'analysis', address.analysis);
  return join(folder, kind, `${short(address.identity)}.json`);
}

/** The pack that a record may lie in, by the place of its own file; meaningless for an experiment's, which is never packed. */
export function packOf(recordFile: string): string {
  return `${dirname(recordFile)}${PACK_SUFFIX}`;
}

/** The kind of records that a pack holds, by the name of its file; undefined where that is none of a pack. */
export function packedKind(name: string): string | undefined {
  if (!name.endsWith(PACK_SUFFIX)) return undefined;
  const kind = name.slice(0, -PACK_SUFFIX.length);
  return slugSchema.safeParse(kind).success ? kind : undefined;
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
