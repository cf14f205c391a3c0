import {atLeast, isExact} from './bracket.ts';
import type {Claim} from './claim.ts';
import {medianText, significant} from './format.ts';
import {judge} from './judge.ts';
import {measureEnds} from './level.ts';
import {leastOf, overSeeds} from './measured.ts';
import {asTrained, titled} from './measures.ts';
import type {Sweep} from './sweep.ts';

const FACTOR = 10;
const HEADING = {name: 'largest eigenvalue', unit: 'nats'} as const;

/** Claim 5: the bad minimum is the sharper one, in coordinates that rescaling a filter does not change. */
export function badIsSharper(sweep: Sweep, of = asTrained(sweep)): Claim {
  const {good, bad} = measureEnds(sweep, of.largestEigenvalue);
  const ratio = bad.median.low / good.median.low;
  return judge(
    {
      id: 5,
      ...titled('The bad minimum is sharper', of),
      paper: 'good minima are flat, bad minima sharp',
      criterion: `largest Hessian eigenvalue (clean training loss, relative coordinates), median over seeds: bad ≥ ${FACTOR} × good`,
    },
    sweep,
    {levels: 2},
    {
      ours:
        `good ${medianText(good, significant)}, ` +
        `bad ${medianText(bad, significant)}` +
        (isExact(good.median) && isExact(bad.median) && Number.isFinite(ratio)
          ? `, ratio ${significant(ratio)}`
          : ''),
      verdict: atLeast(
        {low: bad.median.low - FACTOR * good.median.high, high: bad.median.high - FACTOR * good.median.low},
        0,
      ),
      levels: [good, bad],
      measures: [
        overSeeds({...HEADING, end: 'good'}, good),
        overSeeds({...HEADING, end: 'bad'}, bad, leastOf(FACTOR * good.median.high)),
      ],
    },
  );
}
