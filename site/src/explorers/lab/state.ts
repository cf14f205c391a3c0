/** What the reader of the laboratory has chosen, all of it in the address. */
import {type Signal, useComputed} from '@preact/signals';
import {type Codec, wordCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {
  keyCodec,
  listCodec,
  type RangeFilter,
  rangesCodec,
  type Sorting,
  sortingCodec,
} from './runs/filters.ts';

export type ScaleChoice = 'auto' | 'linear' | 'log';
export type ColourChoice = 'beta' | 'experiment';
export type ColumnsChoice = 'main' | 'all';

export interface LabState {
  readonly x: Signal<string>;
  readonly y: Signal<string>;
  readonly xScale: Signal<ScaleChoice>;
  readonly yScale: Signal<ScaleChoice>;
  readonly colour: Signal<ColourChoice>;
  /** Empty for all. */
  readonly experiments: Signal<readonly string[]>;
  readonly ranges: Signal<readonly RangeFilter[]>;
  readonly sorting: Signal<Sorting>;
  readonly columns: Signal<ColumnsChoice>;
  /** Identities of the runs that are compared, in the order in which they were pinned. */
  readonly pins: Signal<readonly string[]>;
}

/** More would not be told apart. */
export const MOST_PINS = 6;

/** Runs by their addresses: those that several experiments share have the name of one after it. */
export const pinsCodec: Codec<readonly string[]> = listCodec(
  /^[0-9a-f]{16}(?:-[a-z0-9-]{1,64})?$/,
  MOST_PINS,
);

const scales: Codec<ScaleChoice> = wordCodec(['auto', 'linear', 'log']);

export function useLabState(): LabState {
  return {
    x: useUrlState('lab.x', 'eigenvalue', keyCodec),
    y: useUrlState('lab.y', 'gap', keyCodec),
    xScale: useUrlState('lab.x.scale', 'auto', scales),
    yScale: useUrlState('lab.y.scale', 'auto', scales),
    colour: useUrlState('lab.colour', 'beta', wordCodec<ColourChoice>(['beta', 'experiment'])),
    experiments: useUrlState<readonly string[]>('lab.data', [], listCodec(/^[a-z0-9-]{1,64}$/, 100)),
    ranges: useUrlState<readonly RangeFilter[]>('lab.range', [], rangesCodec),
    sorting: useUrlState<Sorting>('lab.sort', {key: 'gap', falling: true}, sortingCodec),
    columns: useUrlState('lab.columns', 'main', wordCodec<ColumnsChoice>(['main', 'all'])),
    pins: useUrlState<readonly string[]>('lab.pin', [], pinsCodec),
  };
}

/** Pins a run or lets it go. @returns whether there was room for it */
export function togglePin({pins}: LabState, id: string): boolean {
  if (pins.value.includes(id)) pins.value = pins.value.filter((pin) => pin !== id);
  else if (pins.value.length < MOST_PINS) pins.value = [...pins.value, id];
  else return false;
  return true;
}

/** Names, colours and dashes of pinned runs: told apart without colour too. */
export const pinMarks = [
  {letter: 'A', colour: '#2f80c3', dash: ''},
  {letter: 'B', colour: '#d8611a', dash: '7 3'},
  {letter: 'C', colour: '#18937c', dash: '2 3'},
  {letter: 'D', colour: '#8b62b5', dash: '9 3 2 3'},
  {letter: 'E', colour: '#d6336c', dash: '4 4'},
  {letter: 'F', colour: '#8a7a1f', dash: '12 4'},
] as const;

export type PinMark = (typeof pinMarks)[number];

/** Whether an axis is logarithmic: as the reader chose, else as suits the quantity. */
export function useLogarithmic(
  choice: Signal<ScaleChoice>,
  suits: () => 'linear' | 'log',
): {readonly value: boolean} {
  return useComputed(() => (choice.value === 'auto' ? suits() : choice.value) === 'log');
}
