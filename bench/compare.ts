import {type Contestant, contest} from './contest.ts';
import type {Peer} from './peers/peer.ts';
import {type Row, type Speed, rowOf} from './row.ts';

/** What rows of one kind of work are measured with. */
export interface Setting {
  readonly repeats: number;
  /** All of the work, or what is needed to see how things stand. */
  readonly full: boolean;
  readonly peers: readonly Peer[];
  /** Whether a name is asked for. */
  readonly wanted: (name: string) => boolean;
  readonly report: (row: Row) => void;
}

export interface Side {
  readonly contestant: Contestant;
  /** How many pieces of the named work one call does. Default 1. */
  readonly each?: number;
}

export interface Rival extends Side {
  readonly peerName: string;
  readonly target: number | null;
}

/** A workload of peers that does the named work. */
export interface Way {
  readonly workload: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** In words, beside the peer's name: `one by one`. */
  readonly how?: string;
  readonly each?: number;
  /** For the first peer; what is aimed at was set when there was no other. */
  readonly target?: number;
}

/** One work by turns, and a row for each rival, in the order given. */
export async function compare(
  {repeats, report}: Setting,
  name: string,
  ours: Side,
  rivals: readonly Rival[],
  speed?: Speed,
): Promise<void> {
  if (rivals.length === 0) return;
  const contestants = Object.fromEntries([ours, ...rivals].map(({contestant}, i) => [i, contestant]));
  const seconds = await contest(contestants, repeats);
  const pieceOf = (side: Side, i: number): number => (seconds[i] ?? Number.NaN) / (side.each ?? 1);
  for (const [i, rival] of rivals.entries()) {
    report(rowOf(name, {ours: pieceOf(ours, 0), peer: pieceOf(rival, i + 1)}, rival, speed));
  }
}

/** Every peer in every way that it knows. */
export async function rivalsOf(peers: readonly Peer[], ways: readonly Way[]): Promise<readonly Rival[]> {
  const rivals: Rival[] = [];
  for (const [i, peer] of peers.entries()) {
    // What was prepared for earlier rows is not needed any more.
    await peer.forget();
    for (const {workload, settings, how, each = 1, target = null} of ways) {
      if (!peer.workloads.includes(workload)) continue;
      rivals.push({
        contestant: await peer.contestant(workload, settings),
        each,
        peerName: how === undefined ? peer.name : `${peer.name}, ${how}`,
        target: i === 0 ? target : null,
      });
    }
  }
  return rivals;
}
