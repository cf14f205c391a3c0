import {InputError} from '@minefield/core';
import type {Redis} from 'ioredis';
import type {Kind, Kinds} from './keys.ts';

/** In words, for those who do not speak Redis. */
const IN_WORDS: Readonly<Record<Kind, string>> = {
  string: 'a string',
  list: 'a list',
  set: 'a set',
  zset: 'a sorted set',
  hash: 'a hash',
  stream: 'a stream',
};

/**
 * Nobody but the queue writes to its keys, so a value of another kind is another program's, and is not ours to delete.
 *
 * @throws {InputError} when one of these keys is of another kind, naming it and how to start afresh
 */
export async function refuseForeignKeys(redis: Redis, kinds: Kinds): Promise<void> {
  const names = Object.keys(kinds);
  const found = await Promise.all(names.map((name) => redis.type(name)));
  for (const [i, name] of names.entries()) {
    const [kind, expected] = [found[i] ?? 'none', kinds[name]];
    if (kind === 'none' || expected === undefined || kind === expected) continue;
    throw new InputError(
      `queue: expected ${IN_WORDS[expected]} at the key ${name} of that Redis, got ${IN_WORDS[kind as Kind] ?? kind}, ` +
        `which another program wrote; remove it (redis-cli DEL ${name}), or use another database of that Redis ` +
        '(redis://host:6379/1)',
    );
  }
}

/**
 * What Redis refused to do, in words: its own do not say which key they are about.
 *
 * @param kinds of the keys that the command may have touched
 * @returns an {@link InputError} where Redis refused, anything else as it is
 */
export async function refusal(redis: Redis, kinds: Kinds, error: unknown): Promise<unknown> {
  if (!isRefusal(error)) return error;
  try {
    await refuseForeignKeys(redis, kinds);
  } catch (found) {
    if (found instanceof InputError) return found;
  }
  // After the first sentence come the script and its line.
  const said = error.message.replace(/[.\s]*script: .*$/s, '');
  return new InputError(`queue: expected Redis to do what the queue asks of it, got its refusal "${said}"`, {
    cause: error,
  });
}

/** Whether Redis itself answered with an error; a connection that broke is another matter. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Whether a command met a value of another kind than it is for. */
export function isWrongKind(error: Error): boolean {
  return /\bWRONGTYPE\b/.test(error.message);
}
