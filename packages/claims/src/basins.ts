import {exceeds} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {medianText, significant} from './format.ts';
import {judge} from './judge.ts';
import {measureEnds} from './level.ts';
import {leastOf, overSeeds} from './measured.ts';
import {asTrained, cutoffText, titled} from './measures.ts';
import type {Sweep} from './sweep.ts';

/** Claim 6: the good minimum lies in the wider basin, wherever the basin is cut off. */
export function goodIsWider(sweep: Sweep, of = asTrained(sweep)): Claim {
  const parts = of.cutoffs.map((cutoff) => {
    const {good, bad} = measureEnds(sweep, of.meanRadius(cutoff));
    const text =
      `${cutoffText(cutoff)}: good ${medianText(good, significant)}, ` +
      `bad ${medianText(bad, significant)}`;
    const heading = {name: 'mean radius', unit: 'relative', cutoff: cutoffText(cutoff)} as const;
    const measures = [
      overSeeds({...heading, end: 'good'}, good, leastOf(bad.median.high)),
      overSeeds({...heading, end: 'bad'}, bad),
    ];
    return {text, verdict: exceeds(good.median, bad.median), levels: [good, bad], measures};
  });
  return judge(
    {
      id: 6,
      ...titled("The good minimum's basin is wider", of),
      paper: 'good minima lie in wide basins, bad minima in narrow ones',
      criterion: 'mean basin radius (relative coordinates), median over seeds: good > bad at every cutoff',
    },
    sweep,
    {levels: 2},
    {
      ours: parts.length > 0 ? parts.map(({text}) => text).join('; ') : 'no basins in this experiment',
      verdict: allOf(parts.map(({verdict}) => verdict)),
      levels: parts[0]?.levels ?? [],
      measures: parts.flatMap(({measures}) => measures),
      reason: 'radii are censored, or anchors lie above the cutoff, for too many seeds',
    },
  );
}
