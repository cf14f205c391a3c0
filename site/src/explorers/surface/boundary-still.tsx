import {palette} from '@minefield/figures';
import {contourFills} from './contour-paths.ts';
import {type SurfaceStill, levelsFrom} from './still.ts';

const SIDE = 200;

/** A boundary as the records have it, until script draws it anew. */
export function BoundaryStill({
  still,
  label,
}: {
  readonly still: SurfaceStill | undefined;
  readonly label: string;
}) {
  const fills = still === undefined ? [] : contourFills(levelsFrom(still.boundary), still.boundarySize, SIDE);
  const upper = fills.find(({level}) => Math.abs(level - 0.5) < 1e-6);
  return (
    <div class="explorer-plane">
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={label}>
        {upper === undefined ? null : (
          <>
            <rect width={SIDE} height={SIDE} fill={palette.classes[0]} opacity="0.4" />
            <path d={upper.path} class="surface-still-page" fill-rule="evenodd" />
            <path d={upper.path} fill={palette.classes[1]} opacity="0.4" fill-rule="evenodd" />
          </>
        )}
      </svg>
    </div>
  );
}
