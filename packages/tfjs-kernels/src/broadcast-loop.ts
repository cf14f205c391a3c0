/** Nested loops over two operands that broadcast, adjacent dimensions merged wherever both go through them evenly. */
export interface BroadcastLoop {
  readonly sizes: readonly [number, number, number, number];
  /** Elements by which each operand moves in each loop; 0 where one element serves all. */
  readonly aSteps: readonly [number, number, number, number];
  readonly bSteps: readonly [number, number, number, number];
}

interface Dimension {
  size: number;
  aStep: number;
  bStep: number;
}

/**
 * @param shape what `a` and `b` broadcast to
 * @returns undefined where four loops do not suffice
 */
export function broadcastLoop(
  shape: readonly number[],
  a: readonly number[],
  b: readonly number[],
): BroadcastLoop | undefined {
  const merged: Dimension[] = [];
  let [aSize, bSize] = [1, 1];
  for (let axis = 1; axis <= shape.length; axis++) {
    const [size = 1, aOwn = 1, bOwn = 1] = [shape.at(-axis), a.at(-axis), b.at(-axis)];
    if (size === 1) continue;
    const [aStep, bStep] = [aOwn === 1 ? 0 : aSize, bOwn === 1 ? 0 : bSize];
    const inner = merged.at(-1);
    if (inner !== undefined && inner.aStep * inner.size === aStep && inner.bStep * inner.size === bStep) {
      inner.size *= size;
    } else {
      merged.push({size, aStep, bStep});
    }
    aSize *= aOwn;
    bSize *= bOwn;
  }
  if (merged.length > 4) return undefined;
  const one: Dimension = {size: 1, aStep: 1, bStep: 1};
  const [n3 = one, n2 = one, n1 = one, n0 = one] = merged;
  return {
    sizes: [n0.size, n1.size, n2.size, n3.size],
    aSteps: [n0.aStep, n1.aStep, n2.aStep, n3.aStep],
    bSteps: [n0.bStep, n1.bStep, n2.bStep, n3.bStep],
  };
}
