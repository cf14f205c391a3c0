/**
 * Corners of the stairs that fall from the whole spectrum to nothing: at each positive eigenvalue of a quadrature, the share
 * of eigenvalues that are at least as large.
 *
 * @param nodes rising
 * @param weights shares of 1
 */
export function sharesAbove(
  nodes: readonly number[],
  weights: readonly number[],
): readonly (readonly [number, number])[] {
  const corners: (readonly [number, number])[] = [];
  let share = 0;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const [node = 0, weight = 0] = [nodes[i], weights[i]];
    if (node <= 0) break;
    if (share > 0) corners.push([node, share]);
    share += weight;
    if (share > 0) corners.push([node, share]);
  }
  return corners.toReversed();
}
