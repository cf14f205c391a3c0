/** Settings of runs, side by side. */

export interface Setting {
  /** `recipe.schedule.name` */
  readonly name: string;
  /** One for each run; null where it has no such setting. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

/** All settings of some nested objects, in the order in which they come. */
export function settingsOf(configurations: readonly object[]): readonly Setting[] {
  const flat = configurations.map((configuration) => new Map(leaves(configuration, '')));
  const names = new Set(flat.flatMap((settings) => [...settings.keys()]));
  return [...names].map((name) => {
    const values = flat.map((settings) => settings.get(name) ?? null);
    return {name, values, differs: values.some((value) => value !== values[0])};
  });
}

function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object'))
    return [[path, value.join(', ')]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}
