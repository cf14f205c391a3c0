/** Both ends of a sweep: its cleanest and its most poisoned level. */
export function endsOf(levels: readonly number[]): readonly [clean: number, worst: number] {
  const [clean, worst] = [levels.at(0), levels.at(-1)];
  if (clean === undefined || worst === undefined) {
    throw new RangeError('spec.endsOf: expected levels of the poison factor, got none');
  }
  return [clean, worst];
}
