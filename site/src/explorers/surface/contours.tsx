import {useMemo} from 'preact/hooks';
import {contourFills, contourLine} from './contour-paths.ts';
import {PIT_EDGE, colourOf, levelOf} from './loss-scale.ts';
import {squareOf} from './places.ts';
import type {LossGrid} from './planes.ts';
import type {Frame} from './relief/camera.ts';

/** Units a side that paths are drawn in; the square of the picture scales them. */
const SIDE = 300;

/** A loss surface seen from above, in half decades, with the pit's edge as a line. */
export function Contours({grid, frame}: {readonly grid: LossGrid | null; readonly frame: Frame}) {
  const {left, top, side} = squareOf(frame);
  const drawn = useMemo(
    () =>
      grid === null
        ? null
        : {
            fills: contourFills(grid.levels, grid.size, SIDE),
            edge: contourLine(grid.levels, grid.size, SIDE, levelOf(PIT_EDGE)),
          },
    [grid],
  );
  return (
    <g class="surface-contours" transform={`translate(${left},${top}) scale(${side / SIDE})`}>
      <rect width={SIDE} height={SIDE} fill={colourOf(0.05)} />
      {drawn?.fills.map(({level, path}) => (
        <path key={level} d={path} fill={colourOf(level + 0.05)} fill-rule="evenodd" />
      ))}
      {drawn === null ? null : <path d={drawn.edge} class="surface-edge" />}
    </g>
  );
}
