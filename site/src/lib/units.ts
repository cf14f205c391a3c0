import {percent, significant} from './format.ts';

/** The one system of units in which pages speak: relative distances, as in the records, and powers of ten for volumes. */

/** A volume as a power of ten, from its natural logarithm. */
export function decades(natural: number | null): number | null {
  return natural === null ? null : natural / Math.LN10;
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
