/** The arithmetic of the dimension lever: (ratio of radii)ⁿ, as powers of ten and in words. */

import {median} from '@minefield/core';

export const DIMENSIONS = {from: 2, to: 268_000, places: 240} as const;
/** Up to what the toy's own minima differ by, and some. */
export const RATIOS = {from: 1.001, to: 50, places: 240} as const;

/** n of a place on its slider: even steps are even factors, all the way from a plane to the paper's largest network. */
export function dimensionAt(place: number): number {
  const {from, to, places} = DIMENSIONS;
  return Math.round(from * (to / from) ** (place / places));
}

/** @returns where n lies on its slider, between the slider's own steps too */
export function placeOfDimension(dimension: number): number {
  const {from, to, places} = DIMENSIONS;
  return (places * Math.log(dimension / from)) / Math.log(to / from);
}

/** Even steps are even factors of the ratio's excess over 1. */
export function ratioAt(place: number): number {
  const {from, to, places} = RATIOS;
  return 1 + (from - 1) * ((to - 1) / (from - 1)) ** (place / places);
}

export function placeOfRatio(ratio: number): number {
  const {from, to, places} = RATIOS;
  return (places * Math.log((ratio - 1) / (from - 1))) / Math.log((to - 1) / (from - 1));
}

/** By how many powers of ten a volume in n dimensions grows when every radius grows by the ratio. */
export function decadesOf(dimension: number, ratio: number): number {
  return dimension * Math.log10(ratio);
}

/** A pair of minima of the records. */
export interface LeverPreset {
  readonly name: string;
  /** Weights that move. */
  readonly dimension: number;
  /** Natural logarithms of stable volumes in relative coordinates: pairs of good and bad, one for each seed. */
  readonly volumes: readonly (readonly [good: number, bad: number])[];
}

/** The ratio of mean radii (geometric ones) that gives the median ratio of the volumes. */
export function ratioOf({dimension, volumes}: LeverPreset): number {
  return Math.exp(median(volumes.map(([good, bad]) => good - bad)) / dimension);
}

/**
 * The size of the paper's network, and the ratio of radii that its figure asks for: 10^10,000 (Huang et al. 2019, section 5).
 */
export const PAPER = {name: 'ResNet-20', dimension: 268_000, ratio: 10 ** (10_000 / 268_000)} as const;

/** What a number of decades can be held against. Only the last two are not plain arithmetic. */
export const LANDMARKS: readonly {readonly decades: number; readonly label: string}[] = [
  {decades: Math.log10(2), label: 'one toss of a coin'},
  // Six numbers of 49: 13,983,816 ways.
  {decades: 7.1456, label: 'a jackpot: six numbers of 49'},
  {decades: 100 * Math.log10(2), label: '100 tosses, all heads'},
  // 0.25 protons a cubic metre (ordinary matter, Planck Collaboration 2018) in a ball of 46.5 billion light years' radius.
  {decades: 80, label: 'atoms in the observable universe'},
  {decades: 1000 * Math.log10(2), label: '1,000 tosses, all heads'},
  // Huang et al. 2019, section 5: volumes of good and bad minima of ResNet-20 on SVHN.
  {decades: 10_000, label: "the paper's good over bad minimum"},
  // 26 letters to the power of the 130,000 that Hamlet has without spaces and punctuation: 1.4147 decades a letter.
  {decades: 130_000 * Math.log10(26), label: 'typing Hamlet at random'},
];

/** Seconds since the Big Bang: 13.8 billion years. */
const AGE = 17.64;
/** Atoms in the observable universe, and what all of them do in that time with one throw every Planck time (5.39e-44 s). */
const ATOMS = 80;
const ALL_THROWS = Math.round(ATOMS + AGE + 43.27);

/** What it takes to hit the smaller of two basins by chance, in a sentence; throws fall evenly over both. */
export function chanceInWords(decades: number): string {
  if (decades < 0.08) return 'Nothing to choose between the two: throws fall on either nearly alike.';
  if (decades < 0.7) return 'You would hit the smaller one now and then.';
  if (decades < AGE)
    return `With one throw a second you would hit the smaller one about once in ${duration(10 ** decades)}.`;
  if (decades < AGE + ATOMS)
    return `With one throw a second since the Big Bang, it would take ${powerOfTen(decades - AGE)} throwers to hit the smaller one once.`;
  if (decades < ALL_THROWS)
    return `More throwers than there are atoms in the universe, each throwing once a second since the Big Bang, would hardly hit the smaller one once.`;
  return `Had every atom of the observable universe thrown once in every Planck time since the Big Bang, ${powerOfTen(ALL_THROWS)} throws in all, the chance that even one of them hit the smaller one would be 1 in ${powerOfTen(decades - ALL_THROWS)}.`;
}

/** Odds of a throw: `1 in 14`, `1 in 10²³`. */
export function oddsOf(decades: number): string {
  const throws = 1 + 10 ** decades;
  return `1 in ${decades < 4 ? whole(throws) : powerOfTen(decades)}`;
}

/** By what factor: `1.2`, `1,400`, `10¹⁴³`. */
export function factorOf(decades: number): string {
  if (decades >= 4) return powerOfTen(decades);
  const factor = 10 ** decades;
  return factor < 100 ? String(Number(factor.toPrecision(3))) : whole(factor);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function powerOfTen(decades: number): string {
  const digits = whole(decades).replaceAll('−', '⁻');
  return `10${[...digits].map((digit) => (/\d/.test(digit) ? SUPERSCRIPTS[Number(digit)] : digit === ',' ? '' : digit)).join('')}`;
}

export function whole(value: number): string {
  const rounded = Math.round(value);
  return Math.abs(rounded)
    .toLocaleString('en-US')
    .replace(/^/, rounded < 0 ? '−' : '');
}

const UNITS: readonly (readonly [seconds: number, one: string, many: string])[] = [
  [31_557_600e9, 'a billion years', 'billion years'],
  [31_557_600e6, 'a million years', 'million years'],
  [31_557_600, 'a year', 'years'],
  [86_400, 'a day', 'days'],
  [3600, 'an hour', 'hours'],
  [60, 'a minute', 'minutes'],
];

function duration(seconds: number): string {
  for (const [unit, one, many] of UNITS) {
    const count = Math.round(seconds / unit);
    if (count === 1) return one;
    if (count > 1) return `${whole(count)} ${many}`;
  }
  return `${whole(Math.max(2, seconds))} seconds`;
}
