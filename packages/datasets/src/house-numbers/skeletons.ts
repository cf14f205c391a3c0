import {at} from '@minefield/core';
import {type Skeleton, parseSkeleton, turnSkeleton} from './parse-skeleton.ts';

export type SkeletonFamily = 'round' | 'square' | 'segment';

/** The constructions of the digits 0 to 8; 9 is 6 upside down. */
const ROUND_PATHS: readonly (readonly string[])[] = [
  ['M.5 0 H1 .5 V.5 1 H0 .5 V.5 0', 'M.5 0 H.95 .3 L.95 .7 V.5 1 H.05 .7 L.05 .3 V.5 0'],
  [
    'M.5 0 L.5 1',
    'M.18 .24 L.52 0 L.52 1',
    'M.2 .22 C.36 .2 .5 .14 .55 0 L.55 1',
    'M.18 .22 L.52 0 L.52 1 M.18 1 L.86 1',
    'M.1 .38 L.55 0 L.55 1',
  ],
  [
    'M.02 .28 V.48 0 H.95 .28 C.95 .56 .3 .7 0 1 L1 1',
    'M.05 .24 V.5 0 H.98 .26 C.98 .42 .85 .5 .7 .62 L.03 1 L1 1',
    'M.05 .25 V.5 0 H.95 .27 C.95 .6 .2 .65 .02 .97 C.3 .8 .6 1.08 1 .9',
    'M.06 .22 V.5 0 H.92 .24 C.92 .5 .2 .82 .12 .94 C0 1.06 -.06 .84 .12 .84 C.4 .84 .6 1.02 1 .96',
  ],
  [
    'M.04 .22 V.48 0 H.94 .25 V.5 .48 H1 .74 V.48 1 H0 .78',
    'M.05 0 L.95 0 L.44 .4 C.85 .4 1 .55 1 .71 V.48 1 H0 .8',
    'M.04 .2 V.48 0 H.92 .24 V.55 .47 L.32 .47 M.55 .47 H1 .73 V.48 1 H0 .8',
  ],
  [
    'M.74 1 L.74 0 L0 .68 L1 .68',
    'M.55 0 L0 .7 L1 .7 M.72 .38 L.72 1',
    'M.16 0 L.04 .58 L1 .58 M.72 .22 L.72 1',
    'M.68 1 L.8 0 L0 .74 L.98 .7',
  ],
  [
    'M.92 0 L.16 0 L.08 .45 C.22 .37 .38 .35 .5 .35 H1 .67 V.48 1 H0 .8',
    'M.9 0 L.12 0 L.12 .48 C.3 .38 .4 .38 .52 .38 H1 .69 V.5 1 H.02 .84',
    'M.95 -.04 C.7 .08 .5 .02 .2 .02 L.14 .44 C.6 .28 1 .44 .97 .7 V.44 1 H0 .86',
  ],
  [
    'M.92 .16 V.54 0 H0 .56 L0 .68 V.5 1 H1 .68 V.5 .38 H0 .68',
    'M.72 0 C.3 .2 .02 .46 0 .68 V.5 1 H1 .68 V.5 .38 H0 .68',
    'M.86 0 L.12 .5 C.04 .56 0 .62 0 .68 V.5 1 H1 .68 V.5 .38 H0 .68',
    'M.94 .06 C.5 -.08 .02 .2 .02 .66 V.5 1 H.98 .7 V.5 .44 H.02 .66',
  ],
  [
    'M0 0 L1 0 L.36 1',
    'M0 0 L1 0 C.72 .34 .42 .6 .4 1',
    'M0 0 L1 0 L.36 1 M.24 .52 L.88 .52',
    'M.02 .16 L.02 0 L1 0 L.42 1',
    'M0 .06 C.3 -.1 .6 .16 1 0 C.8 .3 .46 .56 .4 1',
  ],
  [
    'M.5 .47 H.06 .23 V.5 0 H.94 .23 V.5 .47 H1 .74 V.5 1 H0 .74 V.5 .47',
    'M.92 .22 V.5 0 H.08 .22 C.08 .5 1 .46 1 .75 V.5 1 H0 .75 C0 .46 .92 .5 .92 .22',
    'M.5 .5 H.02 .25 V.5 0 H.98 .25 V.5 .5 H.98 .75 V.5 1 H.02 .75 V.5 .5',
  ],
];

const SQUARE_PATHS: readonly (readonly string[])[] = [
  ['M.5 0 H1 .3 L1 .7 V.5 1 H0 .7 L0 .3 V.5 0'],
  ['M.5 0 L.5 1', 'M.2 .2 L.5 0 L.5 1', 'M.2 .2 L.5 0 L.5 1 M.16 1 L.84 1'],
  ['M0 .24 V.5 0 H1 .24 V.5 .5 H0 .76 L0 1 L1 1', 'M0 .24 V.5 0 H1 .26 L1 .38 L0 1 L1 1'],
  [
    'M0 .2 V.5 0 H1 .24 V.55 .5 L.3 .5 M.55 .5 H1 .76 V.5 1 H0 .8',
    'M0 0 L1 0 L.45 .42 L.55 .42 H1 .7 V.5 1 H0 .8',
  ],
  ['M.08 0 L0 .62 L1 .62 M.76 .3 L.76 1', 'M.74 1 L.74 0 L0 .66 L1 .66', 'M0 0 L0 .52 L1 .52 M.86 0 L.86 1'],
  ['M.95 0 L0 0 L0 .44 L.5 .44 H1 .7 V.5 1 H0 .8', 'M.95 0 L.08 0 L.04 .42 L.55 .42 H1 .72 V.5 1 L0 1'],
  [
    'M.96 .2 V.5 0 H0 .3 L0 .7 V.5 1 H1 .72 V.5 .44 H0 .7',
    'M.9 0 L.5 0 H0 .36 L0 .7 V.5 1 H1 .72 V.5 .44 H0 .7',
  ],
  ['M0 0 L1 0 L.4 1', 'M0 0 L1 0 L1 .2 L.42 .62 L.42 1', 'M0 .18 L0 0 L1 0 L.5 1'],
  ['M.5 .48 H.02 .24 V.5 0 H.98 .24 V.5 .48 H1 .74 V.5 1 H0 .74 V.5 .48'],
];

/** The seven segments of a display, and which of them each digit lights (lowest bit first). */
const SEGMENTS = [
  'M.1 0 L.9 0',
  'M0 .05 L0 .45',
  'M1 .05 L1 .45',
  'M.1 .5 L.9 .5',
  'M0 .55 L0 .95',
  'M1 .55 L1 .95',
  'M.1 1 L.9 1',
];
const LIT = [
  0b1110111, 0b0100100, 0b1011101, 0b1101101, 0b0101110, 0b1101011, 0b1111011, 0b0100101, 0b1111111,
  0b1101111,
];

function parseFamily(paths: readonly (readonly string[])[]): readonly (readonly Skeleton[])[] {
  const skeletons = paths.map((constructions) => constructions.map(parseSkeleton));
  return [...skeletons, at(skeletons, 6).map(turnSkeleton)];
}

const FAMILIES: Readonly<Record<SkeletonFamily, readonly (readonly Skeleton[])[]>> = {
  round: parseFamily(ROUND_PATHS),
  square: parseFamily(SQUARE_PATHS),
  segment: LIT.map((lit) => [parseSkeleton(SEGMENTS.filter((_, i) => (lit >> i) & 1).join(' '))]),
};

/** A construction of a digit; `form` in [0, 1) says which of them. */
export function skeletonOf(digit: number, family: SkeletonFamily, form: number): Skeleton {
  const constructions = at(FAMILIES[family], digit);
  return at(constructions, Math.floor(form * constructions.length));
}
