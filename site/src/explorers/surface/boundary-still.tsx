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
            <rect width={SIDE} height={SIDE} fill={tint(0)} />
            <path d={upper.path} fill={tint(1)} fill-rule="evenodd" />
          </>
        )}
      </svg>
    </div>
  );
}

/** The colour of a class as the live picture has it where the network is sure, on the page's own. */
function tint(label: 0 | 1): string {
  return `color-mix(in srgb, ${palette.classes[label]} 45%, var(--figure-page))`;
}
