/** `4 s`, `3 min 20 s`, `2 h 5 min`: two units at most, for a person. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return parts(`${minutes} min`, whole % 60, 's');
  return parts(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}

function parts(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`;
}
