/** One comparison of the document that `pnpm -s bench --json` prints. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  /** Above 1 we are faster. */
  readonly ratio: number;
  /** What the ratio should reach; null where nothing is aimed at. */
  readonly target: number | null;
  readonly met: boolean;
}

/** What rows of one kind of work are measured with. */
export interface Setting {
  readonly repeats: number;
  /** The peer in Python, or undefined where `python3` has no torch. */
  readonly torch: TorchPeer | undefined;
  /** Whether a name is asked for. */
  readonly wanted: (name: string) => boolean;
  readonly report: (row: Row) => void;
}

import type {TorchPeer} from './torch-peer.ts';

/** A row in which speed is amount of work over time, `work` in units of `unit` per second. */
export function speedRow(
  name: string,
  unit: string,
  work: number,
  seconds: {readonly ours: number; readonly peer: number},
  peerName: string,
  target: number | null,
): Row {
  const [ours, peer] = [work / seconds.ours, work / seconds.peer];
  return {
    name,
    unit,
    ours,
    peer,
    peerName,
    ratio: ours / peer,
    target,
    met: target === null || ours / peer >= target,
  };
}

/** A row of times of one call, in milliseconds. */
export function timeRow(
  name: string,
  seconds: {readonly ours: number; readonly peer: number},
  peerName: string,
  target: number | null,
): Row {
  const ratio = seconds.peer / seconds.ours;
  return {
    name,
    unit: 'ms',
    ours: 1000 * seconds.ours,
    peer: 1000 * seconds.peer,
    peerName,
    ratio,
    target,
    met: target === null || ratio >= target,
  };
}
