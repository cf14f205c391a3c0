/** Fixed pseudo-random numbers for synthetic records, and what else these have in common; not for science. */

/** A 32-bit hash of a text. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 64 hexadecimal digits that stand for the SHA-256 of a text. */
export function fakeHash(text: string): string {
  return Array.from({length: 8}, (_, i) => hash32(`${text}#${i}`).toString(16).padStart(8, '0')).join('');
}

/** In [0, 1), by label. */
export function uniform(label: string): number {
  return hash32(label) / 2 ** 32;
}

/** Standard normal, by label. */
export function normal(label: string): number {
  return (
    Math.sqrt(-2 * Math.log(1 - uniform(`${label}/radius`))) *
    Math.cos(2 * Math.PI * uniform(`${label}/angle`))
  );
}

/** Five significant digits: what the figures keep. */
export function brief(value: number): number {
  return Number(value.toPrecision(5));
}

/** 0, 1, …, length − 1. */
export function range(length: number): number[] {
  return Array.from({length}, (_, index) => index);
}
