/** Claims as rows of dot strips: what stands in a row, and where on its axis each number lies. */
import type {ClaimMeasure} from '@minefield/claims';
import {at} from '@minefield/core';
import {
  INSET,
  type Known,
  type Scale,
  UNITS,
  type Unit,
  axisText,
  endsOf,
  knownText,
  scaleOf,
  valueText,
} from './claim-scale.ts';
import type {Claim} from './claims.ts';
import {poison} from './format.ts';

/** A claim with all data sets that it is held against. */
export interface ClaimRow {
  readonly id: number;
  readonly title: string;
  readonly paper: string;
  readonly criterion: string;
  readonly members: readonly {
    readonly claim: Claim;
    /** What it is held against; null where it is alone. */ readonly data: string | null;
  }[];
}

/** Claims of one number together. Titles of several begin with their data: `House numbers: the gap rises`. */
export function rowsOf(claims: readonly Claim[]): readonly ClaimRow[] {
  return [...Map.groupBy(claims, ({id}) => id)].map(([id, members]) => {
    const first = at(members, 0);
    const parts = members.map(({title}) => /^(.*?): (.*)$/.exec(title));
    const shared = parts[0]?.[2];
    const together =
      members.length > 1 && shared !== undefined && parts.every((part) => part?.[2] === shared);
    return {
      id,
      title: together ? shared.charAt(0).toUpperCase() + shared.slice(1) : first.title,
      paper: first.paper,
      criterion: first.criterion,
      members: members.map((claim, i) => ({
        claim,
        data: members.length === 1 ? null : ((together ? parts[i]?.[1] : claim.title) ?? claim.experiment),
      })),
    };
  });
}

/** A number, or the ends between which it lies; null for an end that nothing bounds. */
export interface Place {
  readonly from: number | null;
  readonly to: number | null;
}

/** One measure in a strip. */
export interface StripSeries {
  readonly name: string;
  readonly end: 'good' | 'bad' | null;
  /** Position among the names of its strip: the first is what the criterion is about, others stand beside it. */
  readonly rank: number;
  /** In percent of the strip's width. */
  readonly values: readonly Place[];
  readonly median: Place | null;
  readonly medianText: string | null;
}

export interface StripBound {
  /** The allowed side, in percent. */
  readonly from: number;
  readonly to: number;
  /** Where the line stands. */
  readonly line: number;
  readonly text: string;
}

export interface Strip {
  readonly label: string;
  readonly series: readonly StripSeries[];
  readonly bounds: readonly StripBound[];
  /** The strip in words. */
  readonly description: string;
}

export interface LevelDots {
  readonly label: string;
  readonly dots: readonly {readonly x: number; readonly y: Place; readonly strength: number}[];
  readonly low: string;
  readonly high: string;
  readonly first: string;
  readonly last: string;
  readonly description: string;
}

export interface AxisTick {
  readonly at: number;
  readonly text: string;
}

/** Strips on one axis. */
export interface StripGroup {
  readonly strips: readonly Strip[];
  readonly ticks: readonly AxisTick[];
  readonly unit: string;
  readonly logarithmic: boolean;
}

export interface Drawn {
  readonly groups: readonly StripGroup[];
  readonly levels: readonly LevelDots[];
  /** Names of what stands in the strips, by rank, where there are several in one. */
  readonly names: readonly string[];
  readonly ends: boolean;
}

/**
 * Lays out the measures of a claim.
 *
 * @param row all claims that share its axes, itself among them
 */
export function drawnClaim(claim: Claim, row: readonly Claim[]): Drawn {
  const measures = claim.measures ?? [];
  const all = row.flatMap((other) => other.measures ?? []);
  const ofSeeds = measures.filter(({by}) => by === 'seed');
  const groups = [...Map.groupBy(ofSeeds, ({unit}) => unit)].map(([unit, members]): StripGroup => {
    const scale = scaleOf(
      unit,
      all.filter((other) => other.unit === unit && other.by === 'seed'),
    );
    const strips = [...Map.groupBy(members, ({cutoff, name}) => cutoff ?? name)].map(([, inStrip]) =>
      stripOf(inStrip, scale, unit),
    );
    return {
      strips,
      ticks: scale.ticks.map((tick) => ({at: scale.place(tick), text: axisText(unit, tick)})),
      unit: UNITS[unit],
      logarithmic: scale.logarithmic,
    };
  });
  const ranks = ofSeeds.filter(({cutoff}) => cutoff !== undefined).map(({name}) => name);
  const names = [...new Set(ranks)];
  return {
    groups,
    levels: measures.filter(({by}) => by === 'level').map((measure) => levelDots(measure, all)),
    names: names.length > 1 ? names : [],
    ends: ofSeeds.some(({end}) => end === 'good') && ofSeeds.some(({end}) => end === 'bad'),
  };
}

function placeOf(known: Known, place: (value: number) => number): Place {
  if (known === null) return {from: null, to: null};
  if (typeof known === 'number') return {from: place(known), to: place(known)};
  return {
    from: known.least === undefined ? null : place(known.least),
    to: known.most === undefined ? null : place(known.most),
  };
}

/** Where it would be rounded to a bound that it is not, with a digit more: 97.96% does not reach 98%. */
function medianText(unit: Unit, median: Exclude<Known, null>, bound: ClaimMeasure['bound']): string {
  const text = knownText(unit, median);
  const isRounded = endsOf(bound).some((end) => end !== median && valueText(unit, end) === text);
  return unit === 'fraction' && typeof median === 'number' && isRounded
    ? `${Number((100 * median).toFixed(2))}%`
    : text;
}

function stripOf(measures: readonly ClaimMeasure[], scale: Scale, unit: Unit): Strip {
  const {cutoff, name} = at(measures, 0);
  const names = [...new Set(measures.map((measure) => measure.name))];
  const label = cutoff === undefined ? name : cutoffLabel(cutoff);
  const series = measures.map((measure): StripSeries => ({
    name: measure.name,
    end: measure.end ?? null,
    rank: names.indexOf(measure.name),
    values: measure.values.map((value) => placeOf(value, scale.place)),
    median: measure.median === null ? null : placeOf(measure.median, scale.place),
    medianText: measure.median === null ? null : medianText(unit, measure.median, measure.bound),
  }));
  const both = new Set(measures.map(({end}) => end)).size > 1;
  const bounds = new Map<string, StripBound>();
  for (const {bound, end} of measures) {
    if (bound === null) continue;
    const shared = measures.every((other) => JSON.stringify(other.bound) === JSON.stringify(bound));
    const whose = both && !shared && end !== undefined ? `${end} ` : '';
    if (bound.least !== undefined) {
      const text = `${whose}≥ ${valueText(unit, bound.least)}`;
      bounds.set(text, {from: scale.place(bound.least), to: 100, line: scale.place(bound.least), text});
    }
    if (bound.most !== undefined) {
      const text = `${whose}≤ ${valueText(unit, bound.most)}`;
      bounds.set(text, {from: 0, to: scale.place(bound.most), line: scale.place(bound.most), text});
    }
  }
  const told = measures.map((measure) => inWords(measure, unit)).join('; ');
  const wanted = [...bounds.keys()];
  return {
    label,
    series,
    bounds: [...bounds.values()],
    description: `${label}: ${told}${wanted.length > 0 ? `; wanted ${wanted.join(' and ')}` : ''}.`,
  };
}

function inWords({name, end, values, median}: ClaimMeasure, unit: Unit): string {
  const numbers = values.flatMap(endsOf);
  const spread =
    numbers.length === 0
      ? ''
      : `, ${values.length} ${values.length === 1 ? 'seed' : 'seeds'} from ${valueText(unit, Math.min(...numbers))} to ${valueText(unit, Math.max(...numbers))}`;
  const middle = median === null ? '' : `: ${knownText(unit, median)}`;
  return `${end === undefined ? '' : `${end}, `}${name}${middle}${spread}`;
}

function cutoffLabel(cutoff: string): string {
  return cutoff.startsWith('anchor')
    ? `edge at ${cutoff.replace('anchor', 'own loss')}`
    : `edge at loss ${cutoff}`;
}

/** Medians of levels, from left to right by poison. */
function levelDots(measure: ClaimMeasure, all: readonly ClaimMeasure[]): LevelDots {
  const {name, unit, values, poisonFactors = []} = measure;
  const scale = scaleOf(
    unit,
    all.filter((other) => other.unit === unit && other.by === 'level'),
  );
  const last = Math.max(1, values.length - 1);
  const numbers = values.flatMap(endsOf);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((end) => valueText(unit, end));
  const factors = [poisonFactors.at(0) ?? 0, poisonFactors.at(-1) ?? 0].map(
    (factor) => `β = ${poison(factor)}`,
  );
  return {
    label: name,
    dots: values.map((value, i) => ({
      x: Number((INSET + ((100 - 2 * INSET) * i) / last).toFixed(2)),
      y: placeOf(value, scale.place),
      strength: i / last,
    })),
    low: low ?? '',
    high: high ?? '',
    first: factors[0] ?? '',
    last: factors[1] ?? '',
    description: `${name} at ${values.length} levels of poison from ${factors.join(' to ')}: from ${low} to ${high}.`,
  };
}
