/** What the dial shows of one seed: files of the site made of its records by `lib/explorer-dial.ts`. */
import {siteRoot} from '../data/site-root.ts';
import {framesIn} from './frames.ts';

export interface DialLevel {
  readonly poisonFactor: number;
  /** Relative radii along the first rays, at the cutoff; null where the loss never reached it. */
  readonly radii: readonly (number | null)[];
  /** Distance of each training point from the boundary, `[n]`; null for none within the search. */
  readonly margins: readonly (number | null)[];
  /** Indices of misclassified training and test points; null where no boundary was recorded. */
  readonly wrong: {readonly train: readonly number[]; readonly test: readonly number[]} | null;
}

export interface DialSeed {
  readonly seed: number;
  /** Cutoff of the radii, nats of clean training loss. */
  readonly cutoff: number;
  /** Longest of the radii at all levels: what the picture of the basin reaches to. */
  readonly reach: number;
  /** Of the recorded boundaries; null where this seed has none. */
  readonly frames: {
    readonly size: number;
    /** Levels in their order in the file. */
    readonly poisonFactors: readonly number[];
  } | null;
  readonly levels: readonly DialLevel[];
}

export interface LoadedSeed extends DialSeed {
  /** Log-odds at a poison factor, `[size, size]`; undefined where no boundary was recorded. */
  pictureAt(poisonFactor: number): Float32Array | undefined;
}

const loaded = new Map<string, Promise<LoadedSeed>>();

/** @throws {Error} where the files are not there */
export function loadSeed(experiment: string, seed: number): Promise<LoadedSeed> {
  const address = `${siteRoot()}explorers/${experiment}/dial-${seed}`;
  const known = loaded.get(address) ?? load(address);
  loaded.set(address, known);
  known.catch(() => loaded.delete(address));
  return known;
}

async function load(address: string): Promise<LoadedSeed> {
  const data = (await (await fetched(`${address}.json`)).json()) as DialSeed;
  const {frames} = data;
  if (frames === null) return {...data, pictureAt: () => undefined};
  const {body} = await fetched(`${address}.bin`);
  if (body === null) throw new Error(`${address}.bin: empty`);
  const bytes = await new Response(body.pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer();
  const frameAt = framesIn(new Uint8Array(bytes), frames.size);
  return {...data, pictureAt: (poisonFactor) => frameAt(frames.poisonFactors.indexOf(poisonFactor))};
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return response;
}
