/** What the poison dial shows before anything is computed, from records: frames, basins, margins, and a strip for print. */
import {promisify} from 'node:util';
import {deflateRaw} from 'node:zlib';
import type {AnalysisOf, RunRecord} from '@minefield/results';
import {palette} from '@minefield/figures';
import sharp from 'sharp';
import type {DialLevel, DialSeed} from '../explorers/dial/dial-data.ts';
import {byteOf} from '../explorers/dial/frames.ts';
import {classColours, hex, shadePlane} from '../explorers/ui/shade-plane.ts';
import type {Experiment} from './load-results.ts';

/** Rays that a basin is drawn with, of the hundreds recorded. */
const RAYS = 96;
/** Nats of training loss; the middle one of those that the claims are held against. */
const CUTOFF = 0.5;

type Basin = AnalysisOf<'basin'>;
type Boundary = AnalysisOf<'boundary'>;

/** The records of `boundary` of a seed, by rising poison. */
function boundariesOf({records}: Experiment, seed: number): readonly Boundary[] {
  return records
    .analyses('boundary')
    .filter((record) => record.seed === seed)
    .toSorted((a, b) => a.poisonFactor - b.poisonFactor);
}

export function dialSeed(experiment: Experiment, seed: number): DialSeed {
  const {records} = experiment;
  const boundaries = boundariesOf(experiment, seed);
  const [first] = boundaries;
  const radii = records.analyses('basin').flatMap((basin) => (basin.seed === seed ? radiiOf(basin) : []));
  return {
    seed,
    cutoff: CUTOFF,
    reach: Math.max(0, ...radii.flatMap((radius) => radius ?? [])),
    frames:
      first === undefined
        ? null
        : {
            size: first.data.size,
            poisonFactors: boundaries.map(({poisonFactor}) => poisonFactor),
          },
    levels: records
      .runs()
      .filter((run) => run.seed === seed)
      .toSorted((a, b) => a.poisonFactor - b.poisonFactor)
      .map((run) => dialLevel(experiment, run)),
  };
}

function dialLevel({records}: Experiment, run: RunRecord): DialLevel {
  const basin = records.analysis('basin', run);
  const boundary = records.analysis('boundary', run);
  return {
    poisonFactor: run.poisonFactor,
    radii: basin === undefined ? [] : radiiOf(basin),
    margins: records.analysis('margin', run)?.data.distances.map(brief) ?? [],
    wrong:
      boundary === undefined
        ? null
        : {train: wrongOf(boundary.data.train.correct), test: wrongOf(boundary.data.test.correct)},
  };
}

function radiiOf({data}: Basin): readonly (number | null)[] {
  const cutoff = data.cutoffs.find(({kind, value}) => kind === 'loss' && value === CUTOFF);
  return cutoff?.radii.slice(0, RAYS).map(brief) ?? [];
}

function brief(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(3));
}

function wrongOf(correct: readonly boolean[]): readonly number[] {
  return correct.flatMap((right, i) => (right ? [] : [i]));
}

/** The boundaries of a seed as `dial-data.ts` reads them. */
export async function dialFrames(experiment: Experiment, seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = boundariesOf(experiment, seed).flatMap(({data}) => data.logits.map(byteOf));
  return new Uint8Array(await promisify(deflateRaw)(Uint8Array.from(bytes), {level: 9}));
}

/** Boundaries that stand for the sweep, side by side. */
export interface DialStrip {
  readonly experiment: string;
  readonly seed: number;
  readonly halfWidth: number;
  readonly panels: readonly {
    readonly poisonFactor: number;
    readonly trainAccuracy: number | null;
    /** On points never seen, as the gap is taken. */
    readonly newAccuracy: number | null;
    readonly train: Boundary['data']['train'];
  }[];
}

const PANELS = 5;
/** Pixels of a panel's side: enough for a screen of twice the density. */
const SIDE = 300;

/** Ends of the sweep and levels spread between them, of the first seed whose boundaries were recorded; null where none were. */
export function dialStrip(experiment: Experiment): DialStrip | null {
  const chosen = stripOf(experiment);
  const [first] = chosen;
  if (first === undefined) return null;
  return {
    experiment: experiment.record.experiment,
    seed: first.seed,
    halfWidth: first.settings.halfWidth,
    panels: chosen.map((boundary) => {
      const run = experiment.records
        .runs()
        .find(({seed, poisonFactor}) => seed === boundary.seed && poisonFactor === boundary.poisonFactor);
      const final = run?.data.final ?? null;
      return {
        poisonFactor: boundary.poisonFactor,
        trainAccuracy: final?.trainAccuracy ?? null,
        newAccuracy: final === null ? null : final.trainAccuracy - final.generalizationGap,
        train: boundary.data.train,
      };
    }),
  };
}

/** Units of the drawing along a panel's side. */
export const STRIP_SIDE = 40;

/** Training points of each class as lines without length, in a panel, y downwards. */
export function stripDots({halfWidth, panels}: DialStrip): readonly string[] {
  const {x, y, label} = panels[0]?.train ?? {x: [], y: [], label: []};
  const place = (value: number): string => ((value / halfWidth + 1) * (STRIP_SIDE / 2)).toFixed(1);
  return [0, 1].map((of) =>
    label.map((value, i) => (value === of ? `M${place(x[i] ?? 0)} ${place(-(y[i] ?? 0))}h0` : '')).join(''),
  );
}

/** The shades of the strip's panels in one picture, from left to right; the page shows through, so it serves both themes. */
export async function stripPicture(experiment: Experiment): Promise<Uint8Array<ArrayBuffer>> {
  const chosen = stripOf(experiment);
  const width = SIDE * chosen.length;
  const picture = new Uint8Array(4 * width * SIDE);
  const panel = new Uint8ClampedArray(4 * SIDE * SIDE);
  chosen.forEach(({data}, i) => {
    shadePlane(Float32Array.from(data.logits), data.size, panel, SIDE, classColours, INK);
    for (let y = 0; y < SIDE; y++) {
      picture.set(panel.subarray(4 * y * SIDE, 4 * (y + 1) * SIDE), 4 * (y * width + i * SIDE));
    }
  });
  const image = sharp(picture, {raw: {width, height: SIDE, channels: 4}});
  return new Uint8Array(await image.webp({lossless: true, effort: 6}).toBuffer());
}

/** Of the line between the classes: a grey that stands out on both pages. */
const INK = hex(palette.between);

function stripOf(experiment: Experiment): readonly Boundary[] {
  const seed = experiment.records.analyses('boundary').map((record) => record.seed);
  const all = seed.length === 0 ? [] : boundariesOf(experiment, Math.min(...seed));
  const count = Math.min(PANELS, all.length);
  return Array.from({length: count}, (_, i) =>
    Math.round((i * (all.length - 1)) / Math.max(1, count - 1)),
  ).flatMap((place) => all[place] ?? []);
}
