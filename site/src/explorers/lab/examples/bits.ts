/** Flags that travel as text: the first is the highest bit of the first byte, in base64. */
export function flagsOf(text: string, count: number): Uint8Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return Uint8Array.from({length: count}, (_, i) => ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
}
