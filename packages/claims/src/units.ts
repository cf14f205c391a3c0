import type {AnalysisOf} from '@minefield/results';
import {type Bracket, atLeast, atMost, difference, exactly, isExact} from './bracket.ts';
import {type Claim, type Verdict, allOf} from './claim.ts';
import {bracketText, medianText, significant} from './format.ts';
import {judge} from './judge.ts';
import {type Level, type Measure, known, measureEnds} from './level.ts';
import {overSeeds} from './measured.ts';
import {analysisMeasure, atLeastWhereCensored, cutoffText, cutoffTitle, isAt} from './measures.ts';
import type {Cutoff} from '@minefield/spec';
import type {Sweep} from './sweep.ts';
import {volumeRatio} from './volume-ratio.ts';

type Weights = keyof AnalysisOf<'units'>['data'];

const STILL = 1;
const KEPT = 0.9;
const WORDS: Readonly<Record<Weights, string>> = {
  trained: 'as trained',
  layer: 'a layer rescaled',
  neurons: 'some neurons rescaled',
  balanced: 'all neurons in balance',
};

/**
 * Claim 15, after Dinh et al. 2017: whether a comparison of basins survives a change of units. It is about relative coordinates;
 * raw ones, which change with a layer's scale by construction, stand beside.
 */
export function unitsDoNotMatter(sweep: Sweep): Claim {
  const cutoffs = sweep.spec.analyses.units?.radii.cutoffs ?? [];
  const parts = cutoffs.map((cutoff) => ratiosAt(sweep, cutoff));
  const fixed = parts.filter(({cutoff}) => cutoff.kind === 'loss');
  return judge(
    {
      id: 15,
      title: 'A change of units does not undo the comparison of basins',
      paper:
        'Dinh et al. 2017: by rescaling, a minimum can be made as sharp as one likes without changing its function',
      criterion:
        `relative coordinates, median over seeds, every fixed cutoff: a layer rescaled moves the stable log volume by ≤ ${STILL} nat at either end, ` +
        `and with all neurons in balance good over bad keeps ≥ ${100 * KEPT}% of its decades`,
    },
    sweep,
    {levels: 2},
    {
      ours: `decades, good over bad: ${parts.map(({text}) => text).join('; ')}`,
      verdict: allOf(fixed.map(({verdict}) => verdict)),
      levels: fixed.flatMap(({levels}) => levels),
      measures: parts.flatMap(({measures}) => measures),
      reason: 'a volume is not known',
    },
  );
}

/** Good over bad by each set of weights, at one cutoff. */
function ratiosAt(sweep: Sweep, cutoff: Cutoff) {
  const of = (weights: Weights, coordinates: 'relative' | 'raw') => ({
    weights,
    ...volumeRatio(sweep, stableVolume(weights, cutoff, coordinates)),
  });
  const weights = Object.keys(WORDS) as Weights[];
  const [relative, raw] = (['relative', 'raw'] as const).map((coordinates) =>
    weights.map((name) => of(name, coordinates)),
  );
  const moved = measureEnds(sweep, movedByLayer(cutoff));
  const ratioOf = (name: Weights) =>
    relative?.find((one) => one.weights === name)?.ratio ?? exactly(Number.NaN);
  const [trained, balanced] = [ratioOf('trained'), ratioOf('balanced')];
  const listed = (
    ratios: typeof relative,
    write: (level: Pick<Level, 'median' | 'bySeed'>) => string,
  ): string =>
    (ratios ?? [])
      .map(({weights: name, ratio, bySeed}) => `${WORDS[name]} ${write({median: ratio, bySeed})}`)
      .join(', ');
  const withSeeds = listed(relative, (level) => medianText(level, significant));
  const inRaw = listed(raw, ({median}) => bracketText(median, significant));
  const heading = {unit: 'decades', cutoff: cutoffText(cutoff)} as const;
  return {
    cutoff,
    verdict: allOf([
      atMost(moved.good.median, STILL),
      atMost(moved.bad.median, STILL),
      kept(balanced, trained),
    ]),
    text:
      `${cutoffTitle(cutoff)}: ${withSeeds} ` +
      `(in raw coordinates ${inRaw}; the layer moved log volumes by ${bracketText(moved.good.median, significant)} and ${bracketText(moved.bad.median, significant)} nats)`,
    levels: [...(relative ?? []).flatMap(({levels}) => levels), moved.good, moved.bad],
    // What the criterion asks of stands first.
    measures: (['balanced', 'trained', 'layer', 'neurons'] as const).flatMap((name) =>
      (relative ?? [])
        .filter((one) => one.weights === name)
        .map(({bySeed, ratio}) =>
          overSeeds(
            {name: `volume, ${WORDS[name]}`, ...heading},
            {bySeed, median: ratio},
            name === 'balanced' && cutoff.kind === 'loss' && isExact(trained)
              ? {least: KEPT * trained.low}
              : null,
          ),
        ),
    ),
  };
}

function stableVolume(weights: Weights, cutoff: Cutoff, coordinates: 'relative' | 'raw'): Measure {
  return analysisMeasure('units', (data) => {
    const found = data[weights].cutoffs.find(isAt(cutoff));
    return atLeastWhereCensored(found?.stableLogVolume[coordinates], found?.censored);
  });
}

/** Whether balance keeps enough of what there was; where the good basin was no larger, there was nothing to keep. */
function kept(balanced: Bracket, trained: Bracket): Verdict {
  const least = {low: KEPT * trained.low, high: KEPT * trained.high};
  if (trained.low > 0) return atLeast(difference(balanced, least), 0);
  return trained.high <= 0 ? 'fail' : 'undecided';
}

/** By how many nats a layer's scale moves the relative volume, either way. */
function movedByLayer(cutoff: Cutoff): Measure {
  return analysisMeasure('units', ({trained, layer}) => {
    const [before, after] = [trained, layer].map(({cutoffs}) => {
      const found = cutoffs.find(isAt(cutoff));
      return found?.censored === undefined ? found?.stableLogVolume.relative : null;
    });
    return known(typeof before === 'number' && typeof after === 'number' ? Math.abs(after - before) : null);
  });
}
