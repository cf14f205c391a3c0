import {percent, significant} from './format.ts';

/** The one system of units in which pages speak; records have natural logarithms and relative distances. */

/** A volume as a power of ten, from its natural logarithm. */
export function decades(natural: number | null): number | null {
  return natural === null ? null : natural / Math.LN10;
}

/**
 * A relative distance as the share of its own length by which every filter moves, in the root mean square.
 *
 * @param dimension n, weights that move
 */
export function shareOfLength(distance: number | null, dimension: number): number | null {
  return distance === null ? null : distance / Math.sqrt(Math.max(1, dimension));
}

/** What a record says of a volume, with its natural logarithms as powers of ten and its numbers as people read them. */
export function inUnits(reason: string): string {
  return reason
    .replaceAll(/([\d.]+(?:e[+-]?\d+)?) nats/g, (_, natural: string) => {
      const powers = significant(decades(Number(natural)));
      return `${powers} powers of ten`;
    })
    .replaceAll(/([\d.]+e[+-]?\d+)%/g, (_, share: string) => percent(Number(share) / 100));
}
