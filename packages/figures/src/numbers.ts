/** Rounds to significant digits, so that specs stay small; null stays null. */
export function brief<T extends number | null>(value: T, digits = 4): T {
  return (value === null ? null : Number(value.toPrecision(digits))) as T;
}

/** Groups items by a key, in order of first appearance. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** At most `limit` indices of a list of `length`, evenly spread, the first and last among them. */
export function spread(length: number, limit: number): number[] {
  if (length <= limit) return Array.from({length}, (_, i) => i);
  return Array.from({length: limit}, (_, i) => Math.round((i * (length - 1)) / (limit - 1)));
}

/** Tick values of a logarithmic axis: decades, or 1–2–5 where there are too few of them. */
export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({length: Math.ceil(Math.log10(high)) - first + 1}, (_, i) => first + i);
  const within = (value: number): boolean => value >= low && value <= high;
  const powers = decades.map((power) => Number(`1e${power}`)).filter(within);
  if (powers.length > 2) return powers;
  return decades.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))).filter(within);
}

/** A number for prose and labels: at most three significant digits. */
export function inWords(value: number): string {
  return String(brief(value, 3)).replace('-', '−');
}

/** A fraction for prose: "92%". */
export function percent(value: number): string {
  return `${inWords(Number((value * 100).toFixed(1)))}%`;
}

/** Clauses as one sentence. */
export function sentence(clauses: readonly string[]): string {
  const text = clauses.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
