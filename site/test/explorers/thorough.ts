import {it} from 'vitest';

/** A test of what takes minutes with all others: with `MINEFIELD_FULL=1` alone. One or two of each instrument run always. */
// oxlint-disable-next-line vitest/expect-expect, vitest/no-disabled-tests -- no test, but a kind of them
export const thorough = it.runIf(process.env['MINEFIELD_FULL'] === '1');
