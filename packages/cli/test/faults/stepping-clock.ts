/** Preloaded into a process whose clock is set every 50 ms, back or forward as `MINEFIELD_TEST_STEPS` says, by an hour each time. */
const sign = process.env['MINEFIELD_TEST_STEPS'] === 'back' ? -1 : 1;
const start = performance.now();
const now = Date.now.bind(Date);

/** Milliseconds that the clock is wrong by: a day at most, for files that seem a month old are swept away. */
function offset(): number {
  return sign * Math.min(24, Math.floor((performance.now() - start) / 50)) * 3_600_000;
}

globalThis.Date = class extends Date {
  constructor(...args: readonly unknown[]) {
    super(...((args.length === 0 ? [now() + offset()] : args) as [number]));
  }

  static override now(): number {
    return now() + offset();
  }
} as DateConstructor;
