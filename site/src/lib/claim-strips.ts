/** Claims as rows of dot strips: what stands in a row, and where on its axis each number lies. */
import type {ClaimMeasure} from '@minefield/claims';
import {type ScaleContinuousNumeric, scaleLinear, scaleLog} from 'd3-scale';
import type {Claim} from './claims.ts';
import {percent, poison, significant, superscript, whole} from './format.ts';
import {shareOfLength} from './units.ts';

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
    const first = members[0]!;
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

type Known = ClaimMeasure['values'][number];
type Unit = ClaimMeasure['unit'];

const UNITS: Readonly<Record<Unit, string>> = {
  fraction: '',
  correlation: 'Spearman’s ρ',
  nats: 'nats, relative coordinates',
  relative: 'share of each filter’s own length',
  'input units': 'input units',
  decades: 'powers of ten, good over bad',
  count: 'bad minima',
};

/** Axes that stop where the quantity does. */
const LIMITS: Partial<Record<Unit, readonly [number, number]>> = {
  fraction: [0, 1],
  correlation: [-1, 1],
};

/** No axis is shorter: a strip of equal numbers is not a strip of noise. */
const SHORTEST: Partial<Record<Unit, number>> = {fraction: 0.1, correlation: 0.2};

/** From this ratio on an axis is logarithmic: one and a half decades. */
const DECADES = 30;

/** Room at both ends of a strip, in percent. */
const INSET = 4;

/**
 * Lays out the measures of a claim.
 *
 * @param row all claims that share its axes, itself among them
 * @param dimensions weights that move of each claim's networks, for shares of length; 1 where none is known
 */
export function drawnClaim(
  claim: Claim,
  row: readonly Claim[],
  dimensions: ReadonlyMap<Claim, number>,
): Drawn {
  const measures = converted(claim, dimensions);
  const all = row.flatMap((other) => converted(other, dimensions));
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

/** The measures of a claim in the site's units. */
function converted(claim: Claim, dimensions: ReadonlyMap<Claim, number>): ClaimMeasure[] {
  const {measures = []} = claim;
  const share = (value: number): number => shareOfLength(value, dimensions.get(claim) ?? 1) ?? value;
  return measures.map((measure) => (measure.unit === 'relative' ? mapped(measure, share) : measure));
}

function mapped(measure: ClaimMeasure, change: (value: number) => number): ClaimMeasure {
  const ofBound = (bound: {readonly least?: number | undefined; readonly most?: number | undefined}) => ({
    ...(bound.least !== undefined && {least: change(bound.least)}),
    ...(bound.most !== undefined && {most: change(bound.most)}),
  });
  const of = (known: Known): Known =>
    known === null ? null : typeof known === 'number' ? change(known) : ofBound(known);
  return {
    ...measure,
    values: measure.values.map(of),
    median: of(measure.median),
    bound: measure.bound && ofBound(measure.bound),
  };
}

interface Scale {
  /** In percent. */
  place(value: number): number;
  readonly ticks: readonly number[];
  readonly logarithmic: boolean;
}

function scaleOf(unit: Unit, measures: readonly ClaimMeasure[]): Scale {
  const numbers = measures.flatMap(({values, median, bound}) => [...values, median, bound].flatMap(endsOf));
  const [low, high] = numbers.length === 0 ? [0, 1] : [Math.min(...numbers), Math.max(...numbers)];
  const natural = unit in LIMITS || unit === 'decades' || unit === 'count';
  const logarithmic = !natural && low > 0 && high / low >= DECADES;
  const range = [INSET, 100 - INSET];
  const scale: ScaleContinuousNumeric<number, number> = logarithmic
    ? scaleLog([low / 1.5, high * 1.5], range)
    : scaleLinear(domainOf(unit, low, high), range);
  const [from = 0, to = 1] = scale.domain();
  const decades = Math.ceil(Math.log10(to / from));
  const every = Math.max(1, Math.ceil(decades / 5));
  const ticks = logarithmic
    ? scale.ticks(decades + 1).filter((tick) => isPower(tick) && Math.round(Math.log10(tick)) % every === 0)
    : scale.ticks(4);
  return {place: (value) => Number(scale(value).toFixed(2)), ticks, logarithmic};
}

function isPower(value: number): boolean {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
}

function domainOf(unit: Unit, low: number, high: number): [number, number] {
  const [least, most] = LIMITS[unit] ?? [low > 0 && low < high / 2 ? 0 : -Infinity, Infinity];
  const missing = Math.max(0, (SHORTEST[unit] ?? (Math.abs(high) || 1) * 0.1) - (high - low));
  const pad = Math.max((high - low) * 0.06, missing / 2);
  const [from, to] = [low - pad, high + pad];
  // What a limit cuts off is added at the other side.
  if (to > most) return [Math.max(least, from - (to - most)), most];
  if (from < least) return [least, Math.min(most, to + (least - from))];
  return unit === 'decades' || unit === 'count' ? [Math.min(0, from), to] : [from, to];
}

function endsOf(known: Known | ClaimMeasure['bound']): number[] {
  if (known === null) return [];
  if (typeof known === 'number') return [known];
  return [known.least, known.most].filter((end) => end !== undefined);
}

function placeOf(known: Known, place: (value: number) => number): Place {
  if (known === null) return {from: null, to: null};
  if (typeof known === 'number') return {from: place(known), to: place(known)};
  return {
    from: known.least === undefined ? null : place(known.least),
    to: known.most === undefined ? null : place(known.most),
  };
}

function stripOf(measures: readonly ClaimMeasure[], scale: Scale, unit: Unit): Strip {
  const {cutoff, name} = measures[0]!;
  const names = [...new Set(measures.map((measure) => measure.name))];
  const label = cutoff === undefined ? name : cutoffLabel(cutoff);
  const series = measures.map((measure): StripSeries => ({
    name: measure.name,
    end: measure.end ?? null,
    rank: names.indexOf(measure.name),
    values: measure.values.map((value) => placeOf(value, scale.place)),
    median: measure.median === null ? null : placeOf(measure.median, scale.place),
    medianText: measure.median === null ? null : knownText(unit, measure.median),
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

/** `95.5%`, `−0.97`, `12,200` */
export function valueText(unit: Unit, value: number): string {
  if (unit === 'fraction') return percent(value);
  if (unit === 'relative') return `${significant(100 * value)}%`;
  if (unit === 'correlation') return value.toFixed(2).replace('-', '−');
  if (unit === 'decades' || unit === 'count') return whole(Number(value.toPrecision(3)));
  return significant(value);
}

function knownText(unit: Unit, known: Exclude<Known, null>): string {
  if (typeof known === 'number') return valueText(unit, known);
  const {least, most} = known;
  if (least === undefined) return most === undefined ? 'not known' : `≤ ${valueText(unit, most)}`;
  return most === undefined
    ? `≥ ${valueText(unit, least)}`
    : `${valueText(unit, least)} to ${valueText(unit, most)}`;
}

function axisText(unit: Unit, value: number): string {
  const power = unit === 'relative' ? value * 100 : value;
  if (value > 0 && isPower(value) && (power < 1e-3 || power >= 1e6)) {
    return `10${superscript(Math.round(Math.log10(power)))}${unit === 'relative' ? '%' : ''}`;
  }
  return valueText(unit, value);
}
