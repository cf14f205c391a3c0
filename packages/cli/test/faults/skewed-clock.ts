/** Preloaded into a process whose clock is to be wrong by `MINEFIELD_TEST_CLOCK` milliseconds. */
const offset = Number(process.env['MINEFIELD_TEST_CLOCK'] ?? 0);
const now = Date.now.bind(Date);

globalThis.Date = class extends Date {
  constructor(...args: readonly unknown[]) {
    super(...((args.length === 0 ? [now() + offset] : args) as [number]));
  }

  static override now(): number {
    return now() + offset;
  }
} as DateConstructor;
