/** The one system of units in which pages speak: relative distances, as in the records, and powers of ten for volumes. */

/** A volume as a power of ten, from its natural logarithm. */
export function decades(natural: number | null): number | null {
  return natural === null ? null : natural / Math.LN10;
}
