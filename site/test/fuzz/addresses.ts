/** `pnpm fuzz:addresses`: addresses of shared views, and what the page makes of them, against mutated ones. */
import {drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import {type FuzzTarget, fuzzCommand, type Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {damagedText} from '../../../.ci/fuzz/mutate-json.ts';
import {isSame} from '../../../.ci/fuzz/same.ts';
import {
  DIMENSIONS,
  dimensionAt,
  placeOfDimension,
  placeOfRatio,
  RATIOS,
  ratioAt,
} from '../../src/explorers/dimension/lever.ts';
import type {LabFile} from '../../src/explorers/lab/data/lab-file.ts';
import {labTable} from '../../src/explorers/lab/data/lab-table.ts';
import {pinsCodec} from '../../src/explorers/lab/state.ts';
import {
  filteredRows,
  keyCodec,
  listCodec,
  rangesCodec,
  sortedRows,
  sortingCodec,
} from '../../src/explorers/lab/runs/filters.ts';
import {HALF_WIDTH, ownSplits} from '../../src/explorers/own/own-data.ts';
import {arraysOf, MOST_POINTS, paintCodec} from '../../src/explorers/own/paint.ts';
import {BETAS, NETWORKS, OPTIMIZERS, RATES, STEPS, STOPS} from '../../src/explorers/own/settings.ts';
import {
  type Codec,
  listedCodec,
  numberCodec,
  placeCodec,
  wholeCodec,
  wordCodec,
} from '../../src/explorers/state/codecs.ts';

/** A state of the address: a sound text of it, and what to say against a value that was read. */
interface State {
  readonly sample: string;
  /** @returns what is wrong with what was read, and what the address then says; null where nothing was read */
  readonly read: (text: string) => {readonly fault: string | null; readonly written: string} | null;
}

/** @param fault what is wrong with a value; null where nothing is */
function state<T>(
  sample: string,
  {parse, format}: Codec<T>,
  fault: (value: T) => string | null = () => null,
): State {
  return {
    sample,
    read(text) {
      const value = parse(text);
      if (value === undefined) return null;
      const written = format(value);
      const again = parse(written);
      // Written with fewer digits than it was read with, a value is another; written once more it stays.
      const stays = again !== undefined && (isSame(again, value) || format(again) === written);
      return {fault: stays ? fault(value) : `${text} is read otherwise once it is written`, written};
    },
  };
}

const words = (first: string, ...others: readonly string[]): State =>
  state(first, wordCodec([first, ...others]));

const whole = (from: number, to: number): State =>
  state(String(from), wholeCodec(from, to), (value) =>
    Number.isSafeInteger(value) && value >= from && value <= to ? null : `${value} is no place`,
  );

const number = (from: number, to: number, digits?: number): State =>
  state('0.5', numberCodec(from, to, digits), (value) =>
    Number.isFinite(value) && value >= from && value <= to ? null : `${value} is out of range`,
  );

const listed = (values: readonly number[]): State =>
  state(String(values[0]), listedCodec(values), (place) => (place in values ? null : `no place ${place}`));

const slider = (places: number, codec: Codec<number>, sample: string): State =>
  // By a rounding of its logarithm beside the end at most.
  state(sample, codec, (place) => (place > -1e-9 && place < places + 1e-9 ? null : `no place ${place}`));

/** A few runs to look for. */
const file: LabFile = {
  experiments: [],
  cutoffs: [{kind: 'loss', value: 0.5}],
  id: ['00ff00ff00ff00ff', '11ff00ff00ff00ff', '22ff00ff00ff00ff'],
  words: {experiment: {values: ['toy', 'svhn'], at: [0, 1, null]}},
  numbers: {gap: [0.2, null, 0.9], beta: [0, 1, 0.8]},
};
const table = labTable(file);
const rows = [0, 1, 2];

/** Every state that a page keeps in its address. Where the records say how far it goes, so far as committed ones do. */
export const states: Readonly<Record<string, State>> = {
  'walk.at': whole(0, 10_000),
  'walk.search': words('full', 'short'),
  'perturbed.direction': whole(1, 4),
  'perturbed.step': whole(0, 20),
  'shake.direction': words('filters', 'weights'),
  'shake.draw': whole(1, 99),
  'shake.seed': whole(1, 10),
  'shake.scale': words('log', 'linear'),
  'shake.place': whole(0, 100),
  'own.data': words('spirals', 'circles', 'painted'),
  'own.beta': listed(BETAS),
  'own.seed': whole(1, 1000),
  'own.network': words(...valuesOf(NETWORKS)),
  'own.optimizer': words(...valuesOf(OPTIMIZERS)),
  'own.rate': listed(RATES),
  'own.steps': listed(STEPS),
  'own.stop': words(...valuesOf(STOPS)),
  'own.points': state('ABCDabcd0123-_-_', paintCodec, (points) => {
    const {inputs, labels} = arraysOf(points);
    if (points.length > 0) ownSplits({kind: 'painted', inputs, labels}, 1);
    const inside = inputs.every((value) => Math.abs(value) <= HALF_WIDTH);
    return inside && points.length <= MOST_POINTS ? null : 'points outside the square, or too many';
  }),
  'lab.pictures': words('svhn', 'house-numbers'),
  'lab.pictures.show': words('all', 'wrong'),
  'lab.pictures.digit': words('any', ...'0123456789'),
  'lab.examples': words('points', 'pictures'),
  'lab.points.show': words('all', 'wrong'),
  'lab.points': words('toy', 'minefield'),
  'lab.points.seed': whole(0, Number.MAX_SAFE_INTEGER),
  'lab.points.level': whole(0, 1000),
  'lab.points.place': whole(0, 1_000_000),
  'lab.curve': words('testAccuracy', 'trainLoss'),
  'lab.show': words('differences', 'all'),
  'lab.x': state('eigenvalue', keyCodec, (key) => sorted({key, falling: true})),
  'lab.y': state('radius.loss0.5', keyCodec, (key) => sorted({key, falling: false})),
  'lab.x.scale': words('auto', 'linear', 'log'),
  'lab.y.scale': words('auto', 'linear', 'log'),
  'lab.colour': words('beta', 'experiment'),
  'lab.data': state('toy,house-numbers', listCodec(/^[a-z0-9-]{1,64}$/, 100), (names) =>
    filteredRows(table, names, []).length <= table.size ? null : 'more runs than there are',
  ),
  'lab.range': state('gap:0.2:0.9;beta:-Infinity:1', rangesCodec, (ranges) =>
    filteredRows(table, [], ranges).length <= table.size ? null : 'more runs than there are',
  ),
  'lab.sort': state('-gap', sortingCodec, sorted),
  'lab.columns': words('main', 'all'),
  'lab.pin': state('00ff00ff00ff00ff,11ff00ff00ff00ff-toy', pinsCodec, (ids) =>
    new Set(ids).size === ids.length ? null : 'one run pinned twice',
  ),
  'dial.level': whole(0, 19),
  'dial.seed': whole(1, 10),
  'dial.points': words('train', 'test', 'both'),
  'lever.n': slider(
    DIMENSIONS.places,
    placeCodec(DIMENSIONS, placeOfDimension, dimensionAt, 6),
    String(DIMENSIONS.to),
  ),
  'lever.ratio': slider(RATIOS.places, placeCodec(RATIOS, placeOfRatio, ratioAt, 5), '1.1'),
  'bowl.n': slider(
    DIMENSIONS.places,
    placeCodec({from: 2, to: 3457}, placeOfDimension, dimensionAt, 6),
    '50',
  ),
  'bowl.rays': whole(0, 7),
  'bowl.seed': whole(1, 9999),
  'bend.at': whole(0, 240),
  'bend.level': number(0, Infinity),
  'bend.seed': whole(1, Number.MAX_SAFE_INTEGER),
  'bend.bent': words('yes', 'no'),
  'star.cutoff': whole(0, 2),
  'star.seed': whole(1, 10),
  'star.level': whole(1, 19),
  'star.rays': whole(32, 1024),
  'surface.plane': words('random', 'path'),
  'surface.draw': whole(1, 1e6),
  'surface.zoom': number(-2.5, 2.8),
  'surface.scale': words('one', 'own'),
  'surface.view': words('relief', 'contours'),
  'surface.turn': number(0, 360, 4),
  'surface.tilt': number(0, 80, 3),
  'surface.x': number(-1, 1, 3),
  'surface.y': number(-1, 1, 3),
  'surface.seed': whole(1, 10),
  'surface.level': whole(1, 19),
};
const names = Object.keys(states);

function valuesOf<Value extends string>(
  options: readonly [{readonly value: Value}, ...(readonly {readonly value: Value}[])],
): [Value, ...Value[]] {
  const [first, ...others] = options;
  return [first.value, ...others.map(({value}) => value)];
}

function sorted(sorting: {readonly key: string; readonly falling: boolean}): string | null {
  return isSame(sortedRows(table, rows, sorting).toSorted(), rows) ? null : 'rows lost in sorting';
}

/** Values that stand where they should not. */
const STRANGE = [
  '',
  ' ',
  '1.5',
  '-1',
  '-0',
  '1e3',
  '0x10',
  '1e999',
  '-1e999',
  'NaN',
  'Infinity',
  '00000007',
  '9007199254740993',
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  '-constructor',
  'valueOf:0:1',
  'a'.repeat(70),
  'AAAA'.repeat(200),
  'gap:0:1;'.repeat(2000),
  'a,'.repeat(2000),
  '\u0000',
  '\ud800',
  '<script>alert(1)</script>',
  '../../..',
];

export const addressesTarget: FuzzTarget<string> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    // Every state has its turn, and a few others come with it.
    const chosen = [
      oneOf(draw, [names[i % names.length] ?? '']),
      ...drawn(draw(3), () => oneOf(draw, names)),
    ];
    const parameters = new URLSearchParams(
      chosen.map((name) => {
        const sample = states[name]?.sample ?? '';
        switch (draw(4)) {
          case 0:
            return [name, sample];
          case 1:
            return [name, oneOf(draw, STRANGE)];
          case 2:
            return [name, `${sample}${oneOf(draw, [',', ';', ':', '.', ''])}${oneOf(draw, STRANGE)}`];
          default:
            return [name, damagedText(draw, sample)];
        }
      }),
    ).toString();
    return draw(4) === 0 ? damagedText(draw, parameters) : parameters;
  },
  read(query) {
    const parameters = new URLSearchParams(query);
    let verdict: Verdict = 'refused';
    for (const [name, {read}] of Object.entries(states)) {
      const text = parameters.get(name);
      const result = text === null ? null : read(text);
      if (result === null) continue;
      if (result.fault !== null) return {fault: `${name}: ${result.fault}`};
      // An address is written back, so that it must not grow with what was in it.
      if (result.written.length > 10_000) return {fault: `${name}: ${result.written.length} characters`};
      verdict = 'accepted';
    }
    return verdict;
  },
};

function drawn<T>(count: number, make: () => T): T[] {
  return Array.from({length: count}, make);
}

if (import.meta.main) await fuzzCommand('addresses', addressesTarget);
