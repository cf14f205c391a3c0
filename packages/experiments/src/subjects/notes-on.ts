import {type ParameterLayout, filtersOf} from '@minefield/core';

/** How a network came to be measured on examples. */
export interface Circumstances {
  /** With what its own framework makes of the examples, in words; undefined where the data do not say. */
  readonly agreement: string | undefined;
  /** Whether it should have been compared. */
  readonly compared: boolean;
  readonly measured: number;
  /** Examples that there are. */
  readonly of: number;
  /** `[P]`. */
  readonly anchor: Float32Array;
  readonly layout: ParameterLayout;
}

/** What a reader should know of a network on its examples. */
export function notesOn({agreement, compared, measured, of, anchor, layout}: Circumstances): string[] {
  return [
    ...(agreement === undefined ? [] : [agreement]),
    ...(compared && agreement === undefined
      ? [
          'not compared with what its own framework computes: beside "inputs" and "labels" the data may carry "logits" and "loss"',
        ]
      : []),
    ...(measured < of
      ? [`the first ${measured} of ${of} examples stand for all; --examples says how many`]
      : []),
    ...restingNote(anchor, layout),
  ];
}

/** How many filters are wholly zero, if any. @param anchor `[P]` */
export function restingNote(anchor: Float32Array, layout: ParameterLayout | undefined): string[] {
  if (layout === undefined) return [];
  const resting = filtersOf(layout).filter(({entries}) => entries.every((i) => anchor[i] === 0)).length;
  return resting > 0
    ? [`${resting} wholly zero filters have no scale: they rest in relative coordinates`]
    : [];
}
