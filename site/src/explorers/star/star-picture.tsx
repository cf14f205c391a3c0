/** Radii all around, on a logarithmic scale: the star of each basin. */
import {palette} from '@minefield/figures';
import {angleOf} from './statistics.ts';

/** Relative radii of the middle and of the rim. */
export const DOMAIN = [0.01, 30] as const;

const SIZE = 400;
const RIM = 182;
const RINGS = [0.1, 1, 10];

interface Star {
  readonly name: 'good' | 'bad';
  readonly radii: readonly number[];
}

export function StarPicture({stars, label}: {readonly stars: readonly Star[]; readonly label: string}) {
  return (
    <svg class="star-picture" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={label}>
      <g transform={`translate(${SIZE / 2},${SIZE / 2})`}>
        {[...RINGS, DOMAIN[1]].map((radius) => (
          <circle key={radius} r={outward(radius)} class="star-ring" />
        ))}
        {stars.map(({name, radii}) => (
          <Basin key={name} name={name} radii={radii} />
        ))}
        <g class="star-labels">
          {RINGS.map((radius) => (
            <text key={radius} x="4" y={-outward(radius) - 3}>
              {radius}
            </text>
          ))}
          <text x="0" y={RIM + 13} text-anchor="middle">
            relative radius, log scale from {DOMAIN[0]}
          </text>
        </g>
      </g>
    </svg>
  );
}

function Basin({name, radii}: Star) {
  const colour = name === 'good' ? palette.clean : palette.poisoned;
  const tips = radii.map((radius, ray) => ({
    ray,
    angle: angleOf(ray) % (2 * Math.PI),
    tip: tipOf(ray, radius),
  }));
  const around = tips.toSorted((a, b) => a.angle - b.angle);
  const largest = radii.reduce((best, radius, i) => (radius > (radii[best] ?? 0) ? i : best), 0);
  const [x = 0, y = 0] = tips[largest]?.tip ?? [];
  return (
    <g data-star={name} data-rays={radii.length}>
      {radii.length > 2 ? (
        <path
          d={`M${around.map(({tip}) => tip.join(',')).join('L')}Z`}
          fill={colour}
          fill-opacity="0.16"
          stroke={colour}
          stroke-width="1.3"
          stroke-linejoin="round"
        />
      ) : null}
      <path
        d={tips.map(({tip}) => `M0,0L${tip.join(',')}`).join('')}
        stroke={colour}
        stroke-width="1"
        opacity={Math.max(0.12, Math.min(0.5, 30 / Math.max(1, radii.length)))}
      />
      {radii.length > 0 ? (
        <>
          <path d={`M0,0L${x},${y}`} stroke={colour} stroke-width="2.4" />
          <circle cx={x} cy={y} r="4.5" fill={colour} class="star-largest" />
        </>
      ) : null}
    </g>
  );
}

/** Distance from the middle, in units of the picture. */
function outward(radius: number): number {
  const [low, high] = DOMAIN;
  return RIM * Math.max(0, Math.min(1, Math.log(radius / low) / Math.log(high / low)));
}

function tipOf(ray: number, radius: number): readonly [number, number] {
  const length = outward(radius);
  // The first ray stands upright.
  const angle = angleOf(ray) - Math.PI / 2;
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return [tenth(length * Math.cos(angle)), tenth(length * Math.sin(angle))];
}
