/** What the lever moves: two balls as they look, their volumes as areas, and the zeros of the ratio on a ruler. */
import {palette} from '@minefield/figures';
import {LANDMARKS, factorOf} from './lever.ts';

/** Side of a picture's square, in its own units. */
const SIDE = 200;
const CENTRE = SIDE / 2;
const HALF = 88;

/** Two balls cut through the middle: radii as they are. */
export function BallsPicture({ratio}: {readonly ratio: number}) {
  return (
    <svg
      class="lever-square"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      role="img"
      aria-label={`Two balls, one ${ratio.toPrecision(4)} times as wide as the other.`}
    >
      <circle cx={CENTRE} cy={CENTRE} r={HALF} fill={palette.clean} opacity="0.3" />
      <circle cx={CENTRE} cy={CENTRE} r={HALF} fill="none" stroke={palette.clean} stroke-width="1.5" />
      <circle cx={CENTRE} cy={CENTRE} r={HALF / ratio} fill={palette.poisoned} opacity="0.45" />
      <circle
        cx={CENTRE}
        cy={CENTRE}
        r={HALF / ratio}
        fill="none"
        stroke={palette.poisoned}
        stroke-width="1.5"
      />
    </svg>
  );
}

/** Their volumes as areas of squares; once the smaller one cannot be seen, a ring says where it is. */
export function VolumesPicture({decades}: {readonly decades: number}) {
  const side = 2 * HALF * 10 ** (-decades / 2);
  const corner = CENTRE - HALF;
  const seen = side >= 1;
  return (
    <svg
      class="lever-square"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      role="img"
      aria-label={
        seen
          ? `Their volumes as areas: one is ${factorOf(decades)} times the other.`
          : `Their volumes as areas: the smaller one is far below a pixel.`
      }
    >
      <rect x={corner} y={corner} width={2 * HALF} height={2 * HALF} fill={palette.clean} opacity="0.3" />
      <rect
        x={corner}
        y={corner}
        width={2 * HALF}
        height={2 * HALF}
        fill="none"
        stroke={palette.clean}
        stroke-width="1.5"
      />
      {seen ? (
        <rect
          x={corner}
          y={CENTRE + HALF - side}
          width={side}
          height={side}
          fill={palette.poisoned}
          fill-opacity="0.75"
        />
      ) : (
        <>
          <circle
            cx={corner}
            cy={CENTRE + HALF}
            r="9"
            fill="none"
            stroke={palette.poisoned}
            stroke-width="1.5"
          />
          <text x={CENTRE} y={CENTRE - 6} text-anchor="middle" class="lever-note">
            too small to draw:
          </text>
          <text x={CENTRE} y={CENTRE + 12} text-anchor="middle" class="lever-note">
            {`1 / ${factorOf(decades)}`}
          </text>
        </>
      )}
    </svg>
  );
}

const RULER = {width: 350, height: 340, top: 12, bottom: 308, axis: 70, bar: 22} as const;
const TICKS = [-1, 0, 1, 2, 3, 4, 5, 6] as const;

/** Place of some decades on the ruler, itself logarithmic. */
function heightOf(decades: number): number {
  const {top, bottom} = RULER;
  const share = (Math.log10(Math.max(decades, 0.1)) + 1) / 7;
  return bottom - Math.min(1, share) * (bottom - top);
}

/** How many zeros the ratio of the volumes has, beside some that are known. */
export function ZerosRuler({decades}: {readonly decades: number}) {
  const {width, height, bottom, axis, bar} = RULER;
  const top = heightOf(decades);
  return (
    <svg
      class="lever-ruler"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`A ruler of powers of ten: the ratio of the volumes is ${factorOf(decades)}.`}
    >
      {TICKS.map((tick) => (
        <g key={tick} transform={`translate(0,${heightOf(10 ** tick)})`}>
          <line x1={axis - 4} x2={axis + bar} class="lever-grid" />
          <text x={axis - 8} dy="0.32em" text-anchor="end">
            {tick < 0 ? '0.1' : (10 ** tick).toLocaleString('en-US')}
          </text>
        </g>
      ))}
      <rect x={axis} y={RULER.top} width={bar} height={bottom - RULER.top} class="lever-track" />
      <rect
        x={axis}
        y={top}
        width={bar}
        height={Math.max(0, bottom - top)}
        fill={palette.clean}
        class="lever-bar"
      />
      {LANDMARKS.map((landmark) => (
        <g
          key={landmark.label}
          class={landmark.decades <= decades ? 'lever-landmark lever-passed' : 'lever-landmark'}
          transform={`translate(${axis + bar},${heightOf(landmark.decades)})`}
        >
          <line x2="12" />
          <circle cx="12" r="3" />
          <text x="21" dy="0.32em">
            {landmark.label}
          </text>
        </g>
      ))}
      <line x1={axis - 4} x2={axis + bar + 4} y1={top} y2={top} class="lever-top" />
      <text x={axis} y={height - 8} class="lever-axis">
        decades: zeros of the ratio
      </text>
    </svg>
  );
}
