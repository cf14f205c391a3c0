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

/** Speed as an amount of work a second: so many of `unit` in the piece of work that is timed. */
export interface Speed {
  readonly unit: string;
  readonly work: number;
}

/** @param seconds that one piece of the work takes on either side; a row of times, in ms, without `speed` */
export function rowOf(
  name: string,
  seconds: {readonly ours: number; readonly peer: number},
  {peerName, target}: {readonly peerName: string; readonly target: number | null},
  speed?: Speed,
): Row {
  const shown = (one: number): number => (speed === undefined ? 1000 * one : speed.work / one);
  const ratio = seconds.peer / seconds.ours;
  return {
    name,
    unit: speed?.unit ?? 'ms',
    ours: shown(seconds.ours),
    peer: shown(seconds.peer),
    peerName,
    ratio,
    target,
    met: target === null || ratio >= target,
  };
}

/** A row on a line of its own. */
export function rowText({name, unit, ours, peer, peerName, ratio, target, met}: Row): string {
  const aim = target === null ? '' : ` (target ${target}${met ? '' : ', missed'})`;
  return `${name}: ${ours.toPrecision(3)} against ${peer.toPrecision(3)} ${unit} of ${peerName}: ${ratio.toPrecision(3)}${aim}`;
}
