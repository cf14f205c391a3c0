/** How far claim 7 reaches: correlations of volume and gap at a loss of 0.5. */
import type {Claim} from './claims.ts';

export interface Reach {
  /** Over the medians of all levels. */
  readonly all: number;
  /** Over those of the eight levels with the most poison. */
  readonly last: number;
  /** Over seeds, mean of the levels. */
  readonly within: number;
}

/** null where the claim was not verified, or has too few levels */
export function reachIn(claims: readonly Claim[]): Reach | null {
  const measures = claims.find(({id}) => id === 7)?.measures ?? [];
  const at = (name: string): number | undefined => {
    const value = measures.find((measure) => measure.name === name && measure.cutoff === '0.5')?.median;
    return typeof value === 'number' ? value : undefined;
  };
  const [all, last, within] = [
    at('volume and gap'),
    at('volume and gap, over the last 8 levels'),
    at('volume and gap, within a level, over seeds'),
  ];
  return all === undefined || last === undefined || within === undefined ? null : {all, last, within};
}
