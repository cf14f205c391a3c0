/**
 * A plain JSON value with the keys of its objects in the order that another has, which holds the same. Schemas put keys into
 * an order of their own; what is read and written again keeps its bytes by this.
 */
export function inOrderOf(value: unknown, written: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item, i) => inOrderOf(item, Array.isArray(written) ? written[i] : undefined));
  }
  if (!isObject(value) || !isObject(written)) return value;
  const known = Object.keys(written).filter((key) => Object.hasOwn(value, key));
  return Object.fromEntries(known.map((key) => [key, inOrderOf(value[key], written[key])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
