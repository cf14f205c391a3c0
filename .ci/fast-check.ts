/**
 * Properties are checked on the same cases every time, so that a change is blamed for what it did and for nothing that
 * chance found. MINEFIELD_FULL=1 draws thousands of new ones.
 */
import * as fc from 'fast-check';

if (process.env['MINEFIELD_FULL'] !== '1') fc.configureGlobal({seed: 20260601});
