/** One record of the lowest and one of the highest level of poison: those of the first seed. Of one level, one. */
export function endsOf<R extends {readonly seed: number; readonly poisonFactor: number}>(
  records: readonly R[],
): readonly R[] {
  const seed = Math.min(...records.map((record) => record.seed));
  const ofSeed = records.filter((record) => record.seed === seed);
  const [low, high] = [ofSeed.at(0), ofSeed.at(-1)];
  return low === undefined || high === undefined ? [] : low === high ? [low] : [low, high];
}
