/** `count` points from −maximum to maximum; the middle one of an odd count is exactly 0. */
export function symmetricGrid(maximum: number, count: number): number[] {
  return Array.from({length: count}, (_, i) => {
    const value = maximum * ((2 * i - (count - 1)) / (count - 1));
    return value === 0 ? 0 : value;
  });
}
