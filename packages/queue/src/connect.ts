import {InputError} from '@minefield/core';
import {Redis} from 'ioredis';

export interface ConnectOptions {
  /** Longest wait for the first answer, in seconds. Default 10. */
  readonly patience?: number;
}

/**
 * Connects to the Redis or Valkey of a queue: `redis://user:password@host:port/database`, or `rediss://` for TLS. Later
 * breaks are waited out.
 *
 * @throws {InputError} when the URL is none
 * @throws {Error} when nothing answers there, or it wants another password; the URL is named without its password
 */
export async function connect(url: string, {patience = 10}: ConnectOptions = {}): Promise<Redis> {
  const place = describeUrl(url);
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * 2 ** times, 2000),
  });
  let last: Error | undefined;
  // Without a listener an error would end the process; a break is mended by connecting again.
  redis.on('error', (error: Error) => (last = error));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<unknown>((resolve) => {
    timer = setTimeout(resolve, 1000 * patience);
  });
  // Its own error says less than the one that went before.
  const fault = await Promise.race([answer(redis), late]);
  clearTimeout(timer);
  if (fault === 'PONG') return redis;
  redis.disconnect();
  // What went wrong is named, not handed on: it may hold the password among the arguments of its command.
  throw new InputError(
    `queue.connect: expected a Redis or Valkey at ${place}, got ${reasonOf(last ?? fault, patience)}; ` +
      `${question(url, last)}, and are host, port, user and password right?`,
  );
}

/** @returns PONG, or what went wrong */
async function answer(redis: Redis): Promise<unknown> {
  try {
    await redis.connect();
    return await redis.ping();
  } catch (error) {
    return error;
  }
}

/**
 * A URL without user and password.
 *
 * @throws {InputError} when it is none of a Redis
 */
export function describeUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw new InputError(
      'queue.connect: expected a URL such as redis://host:6379 or rediss://user:password@host:6379/1, got another; ' +
        'characters such as @ and / in a password are written %40 and %2F',
    );
  }
  return `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
}

function reasonOf(error: unknown, patience: number): string {
  if (!(error instanceof Error)) return `no answer in ${patience} s`;
  if ('code' in error) return String(error.code);
  // What Redis refuses begins with a word in capitals, as in `NOAUTH Authentication required.`
  const [code] = /^[A-Z]+(?= )/.exec(error.message) ?? [];
  if (code === 'WRONGPASS' || code === 'NOAUTH') return `a refusal of the password (${code})`;
  return code ?? error.message;
}

/** A server that does not know TLS takes the greeting for the beginning of a command, and says nothing or hangs up. */
function question(url: string, error: Error | undefined): string {
  const refused = error !== undefined && 'code' in error && error.code === 'ECONNREFUSED';
  return url.startsWith('rediss:') && !refused
    ? 'does it speak TLS there, as rediss:// wants'
    : 'is it running';
}
