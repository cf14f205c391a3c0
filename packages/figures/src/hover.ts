import type {View} from './figure.ts';

/**
 * A layer that shows the nearest point and its tooltip under a pointer. Its name tells `renderSvg` to leave it out.
 *
 * @param name - unique in its figure.
 */
export function hoverPoints(name: string, encoding: View): View {
  return {
    name: `hover-${name}`,
    params: [
      {
        name: `nearest_${name}`,
        select: {type: 'point', on: 'pointerover', nearest: true, clear: 'pointerout'},
      },
    ],
    // Unclipped, points beyond the panel would stretch the figure.
    mark: {type: 'point', filled: true, size: 50, clip: true},
    encoding: {
      ...encoding,
      opacity: {condition: {param: `nearest_${name}`, empty: false, value: 1}, value: 0},
    },
  };
}
