/** Where a task is in a queue, and how it is taken out of it: what BullMQ's own commands cannot say once keys are lost. */
import type {Redis} from 'ioredis';
import {keys} from './keys.ts';

/** Locks end in an hour at most; of one that would not, nobody knows whether its worker is alive. */
const LONGEST_LOCK_MS = 3600_000;

/** What such a lock is given: whoever is alive renews it. */
const LOCK_MS = 30_000;

/** Where a task is. */
export interface Whereabouts {
  /**
   * `done` where its outcome is there, `absent` where nothing of it is, `nowhere` where there is something of it that no
   * worker will come upon.
   */
  readonly place: 'done' | 'absent' | 'nowhere' | 'waiting' | 'active' | 'delayed' | 'failed';
  /** Whether a worker holds it, which gives a sign of life now and then. */
  readonly held: boolean;
  /** Whether its payload is there and can be read. */
  readonly whole: boolean;
  /** For which it was put off, in milliseconds. */
  readonly delay: number;
  /** Empty where it did not fail. */
  readonly failedReason: string;
}

/** In a list without LPOS, which came with Redis 6.0.6, every entry is looked at. */
const IN_LIST = `
local function inList(key, id)
  local at = redis.pcall('LPOS', key, id)
  if type(at) ~= 'table' then return at end
  for _, entry in ipairs(redis.call('LRANGE', key, 0, -1)) do
    if entry == id then return 0 end
  end
  return false
end`;

// KEYS: task, lock, outcome, wait, active, prioritized, delayed, failed. ARGV: id, longest lock, lock.
const FIND = `${IN_LIST}
local id = ARGV[1]
if redis.call('EXISTS', KEYS[3]) == 1 then return {'done'} end
local ttl = redis.call('PTTL', KEYS[2])
if ttl == -1 or ttl > tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[2], ARGV[3]) end
local place = 'absent'
if inList(KEYS[5], id) then place = 'active'
elseif inList(KEYS[4], id) or redis.call('ZSCORE', KEYS[6], id) then place = 'waiting'
elseif redis.call('ZSCORE', KEYS[7], id) then place = 'delayed'
elseif redis.call('ZSCORE', KEYS[8], id) then place = 'failed'
elseif redis.call('EXISTS', KEYS[1]) == 1 then place = 'nowhere' end
local fields = redis.call('HMGET', KEYS[1], 'data', 'opts', 'delay', 'failedReason')
return {place, ttl ~= -2 and 1 or 0, fields[1] or '', fields[2] or '', fields[3] or '', fields[4] or ''}`;

// KEYS: task, lock, failed, delayed, prioritized, completed, waiting-children, wait, active, paused, stalled.
// ARGV: id, which.
const FORGET = `${IN_LIST}
local id, which = ARGV[1], ARGV[2]
if which == 'failed' then
  if not redis.call('ZSCORE', KEYS[3], id) then return 0 end
elseif redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
if which == 'stray' then
  for i = 3, 7 do if redis.call('ZSCORE', KEYS[i], id) then return 0 end end
  for i = 8, 10 do if inList(KEYS[i], id) then return 0 end end
end
for i = 3, 7 do redis.call('ZREM', KEYS[i], id) end
for i = 8, 10 do redis.call('LREM', KEYS[i], 0, id) end
redis.call('SREM', KEYS[11], id)
return redis.call('DEL', KEYS[1], KEYS[2])`;

/** Looks for a task in a queue. A lock that would not end is given an end. */
export async function findTask(redis: Redis, queue: string, id: string): Promise<Whereabouts> {
  const ofTask = [keys.ofQueue(queue, id), keys.ofQueue(queue, `${id}:lock`), keys.outcome(id)];
  const lists = ['wait', 'active', 'prioritized', 'delayed', 'failed'].map((name) =>
    keys.ofQueue(queue, name),
  );
  const all = [...ofTask, ...lists];
  const found = await redis.eval(FIND, all.length, ...all, id, LONGEST_LOCK_MS, LOCK_MS);
  const [place, held = 0, data = '', opts = '', delay = '', failedReason = ''] = found as [
    Whereabouts['place'],
    number?,
    string?,
    string?,
    string?,
    string?,
  ];
  return {
    place,
    held: held === 1,
    whole: isObject(data) && isObject(opts),
    delay: Number(delay),
    failedReason,
  };
}

/**
 * Takes a task out of a queue, with all that is left of it.
 *
 * @param which `failed`: only where it failed; `unheld`: unless a worker holds it; `stray`: only where no worker holds it or
 *   will come upon it
 */
export async function forgetTask(
  redis: Redis,
  queue: string,
  id: string,
  which: 'failed' | 'unheld' | 'stray',
): Promise<void> {
  const sorted = ['failed', 'delayed', 'prioritized', 'completed', 'waiting-children'];
  const names = [id, `${id}:lock`, ...sorted, 'wait', 'active', 'paused', 'stalled'];
  const all = names.map((name) => keys.ofQueue(queue, name));
  await redis.eval(FORGET, all.length, ...all, id, which);
}

/** Whether a text is a JSON object, as payloads and options are. */
function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
