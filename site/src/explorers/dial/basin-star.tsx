/** A basin as it is from its minimum: how far the loss stays low along each of many random directions, at one scale for all networks. */
import {scaleLinear} from 'd3-scale';
import {useId} from 'preact/hooks';

interface Props {
  readonly radii: readonly (number | null)[];
  /** Of the network without poison, for comparison. */
  readonly ghost: readonly (number | null)[];
  /** What the picture reaches to. */
  readonly reach: number;
  readonly label: string;
}

/** Half of the picture's side, in its own units. */
const HALF = 100;
/** A lens for basins that are but a dot. */
const LENS = {x: 60, y: 60, radius: 37, power: 5};

export function BasinStar({radii, ghost, reach, label}: Props) {
  const clip = useId();
  const scale = (HALF - 3) / reach;
  const small = radii.length > 0 && meanOf(radii, reach) < reach / 10;
  return (
    <svg
      viewBox={`-${HALF} -${HALF} ${2 * HALF} ${2 * HALF}`}
      role="img"
      aria-label={label}
      class="dial-star"
    >
      {ringsTo(reach).map((ring) => (
        <g key={ring}>
          <circle r={ring * scale} class="dial-star-ring" />
          <text x="3" y={-ring * scale + 10}>
            {ring}
          </text>
        </g>
      ))}
      <path d={outline(ghost, scale, reach)} class="dial-star-ghost" />
      <Star radii={radii} scale={scale} reach={reach} />
      {small && (
        <g transform={`translate(${LENS.x},${LENS.y})`}>
          <line
            x1={-LENS.x + 3}
            y1={-LENS.y + 3}
            x2={-LENS.radius * Math.SQRT1_2}
            y2={-LENS.radius * Math.SQRT1_2}
            class="dial-lens-line"
          />
          <clipPath id={clip}>
            <circle r={LENS.radius} />
          </clipPath>
          <circle r={LENS.radius} class="dial-lens" />
          <g clip-path={`url(#${clip})`}>
            <Star radii={radii} scale={scale * LENS.power} reach={reach} />
          </g>
          <text y={LENS.radius - 4} text-anchor="middle" class="dial-lens-text">
            × {LENS.power}
          </text>
        </g>
      )}
    </svg>
  );
}

function Star({
  radii,
  scale,
  reach,
}: {
  readonly radii: readonly (number | null)[];
  readonly scale: number;
  readonly reach: number;
}) {
  return (
    <>
      <path d={outline(radii, scale, reach)} class="dial-star-shape" />
      <circle r="1.3" class="dial-star-core" />
    </>
  );
}

/** Round radii within the picture. */
function ringsTo(reach: number): readonly number[] {
  return scaleLinear()
    .domain([0, reach])
    .ticks(3)
    .filter((ring) => ring > 0);
}

function meanOf(radii: readonly (number | null)[], reach: number): number {
  return radii.reduce<number>((sum, radius) => sum + (radius ?? reach), 0) / radii.length;
}

function outline(radii: readonly (number | null)[], scale: number, reach: number): string {
  if (radii.length === 0) return '';
  const places = radii.map((radius, i) => {
    const angle = (2 * Math.PI * i) / radii.length;
    const length = (radius ?? reach) * scale;
    return `${(length * Math.sin(angle)).toFixed(2)},${(-length * Math.cos(angle)).toFixed(2)}`;
  });
  return `M${places.join('L')}Z`;
}
