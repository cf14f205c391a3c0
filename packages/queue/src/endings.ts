import type {Redis} from 'ioredis';

/** So long whoever ends waits for a Redis that may be away: commands to it would wait for ever. */
const PATIENCE_MS = 2000;

/** Between two looks at whether Redis answers: several to the patience, since a busy process may read late what came. */
const LOOK_MS = 250;

/** Waits until something has ended, well or not, and no longer than two seconds. */
export async function endsInTime(ending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([ending.catch(() => undefined), late]);
  clearTimeout(timer);
}

/** Waits until work has ended, well or not, for as long as Redis answers. */
export async function endsWhileAnswering(redis: Redis, work: Promise<unknown>): Promise<void> {
  let [unanswered, timer]: [number, NodeJS.Timeout | undefined] = [0, undefined];
  // A refusal is an answer too; what is said of a connection that was closed is none.
  const heard = (): void => {
    if (redis.status === 'ready') unanswered = 0;
  };
  const away = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      unanswered += 1;
      if (unanswered > PATIENCE_MS / LOOK_MS) resolve();
      else redis.ping().then(heard, heard);
    }, LOOK_MS);
  });
  await Promise.race([work.catch(() => undefined), away]);
  clearInterval(timer);
}
