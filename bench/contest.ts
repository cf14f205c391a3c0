import {median} from '@minefield/core';

/**
 * One contestant: makes `calls` calls on one thread and says how many seconds of processor time one took. That is wall time
 * on a machine with nothing else to do, and the fairer of the two on one that is shared. On our side it is the whole
 * process's, whose clock is fine everywhere (some kernels count a thread's time in ticks of 4 ms); what the engine's own
 * threads do beside the calls counts against us.
 */
export type Contestant = (calls: number) => number | Promise<number>;

/** Seconds of one call of each contestant: medians of repeats that take turns, so that a noisy machine is noisy for all. */
export async function contest(
  contestants: Readonly<Record<string, Contestant>>,
  repeats: number,
): Promise<Record<string, number>> {
  const entries = Object.entries(contestants);
  const calls: Record<string, number> = {};
  for (const [name, run] of entries) {
    // The first calls compile and allocate.
    await run(3);
    calls[name] = Math.max(1, Math.ceil(SECONDS / Math.max(await run(3), 1e-7)));
    await run(calls[name]);
  }
  const seconds: Record<string, number[]> = {};
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [name, run] of entries) (seconds[name] ??= []).push(await run(calls[name] ?? 1));
  }
  return Object.fromEntries(Object.entries(seconds).map(([name, values]) => [name, median(values)]));
}

/** How long one repeat of one contestant should take. */
const SECONDS = 0.05;

/** Times synchronous work. */
export function timed(work: () => void): Contestant {
  return (calls) => {
    const start = process.cpuUsage();
    for (let i = 0; i < calls; i++) work();
    return secondsSince(start) / calls;
  };
}

/** Times asynchronous work. */
export function timedAsync(work: () => Promise<void>): Contestant {
  return async (calls) => {
    const start = process.cpuUsage();
    for (let i = 0; i < calls; i++) await work();
    return secondsSince(start) / calls;
  };
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const {user, system} = process.cpuUsage(start);
  return (user + system) / 1e6;
}
