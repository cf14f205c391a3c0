/** What a page and the worker say to each other. Every call has a number, under which all that belongs to it travels. */
import type {CancelSignal} from '@minefield/core';

/** What a call is told besides its arguments. */
export interface CallContext<Progress> {
  /** Aborted once nobody waits for the result any more. */
  readonly signal: CancelSignal;
  /** Sends a part of the result ahead. */
  readonly onProgress: (progress: Progress) => void;
}

/** Work that the worker does for a page; arguments and results are what `postMessage` can copy. */
export type Call<Args, Value, Progress = never> = (
  args: Args,
  context: CallContext<Progress>,
) => Promise<Value>;

export type Request =
  | {readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: unknown}
  | {readonly kind: 'cancel'; readonly id: number};

export type Reply =
  | {readonly kind: 'progress'; readonly id: number; readonly value: unknown}
  | {readonly kind: 'value'; readonly id: number; readonly value: unknown}
  | {readonly kind: 'error'; readonly id: number; readonly message: string; readonly cancelled: boolean};
