import {useId} from 'preact/hooks';
import {DECADES, PIT_EDGE, RAMP, colourOf, levelOf} from './loss-scale.ts';

const WIDTH = 360;

/** What colours and heights mean. */
export function LossLegend() {
  const id = useId();
  const [low, high] = DECADES;
  const decades = Array.from({length: high - low + 1}, (_, i) => low + i);
  const edge = levelOf(PIT_EDGE) * WIDTH;
  return (
    <svg class="surface-legend" viewBox={`-12 0 ${WIDTH + 24} 50`} role="img" aria-label={TEXT}>
      <linearGradient id={id}>
        {RAMP.map((_, i) => (
          <stop key={i} offset={i / (RAMP.length - 1)} stop-color={colourOf(i / (RAMP.length - 1))} />
        ))}
      </linearGradient>
      <text x="0" y="11">
        Loss in nats (xent), logarithmic in height and colour
      </text>
      <rect x="0" y="18" width={WIDTH} height="10" rx="2" fill={`url(#${id})`} />
      <path d={`M${edge},16v14`} class="surface-edge" />
      {decades.map((decade, i) => (
        <text
          key={decade}
          x={(i / (high - low)) * WIDTH}
          y="43"
          text-anchor={i === 0 ? 'start' : decade === high ? 'end' : 'middle'}
        >
          {i === 0 ? `≤ ${10 ** decade}` : decade === high ? `≥ ${10 ** decade}` : 10 ** decade}
        </text>
      ))}
    </svg>
  );
}

const TEXT =
  'Scale of the surfaces: the loss in nats, from 0.001 or less, dark blue and low, to 100 or more, sand-coloured and high; a white line at 0.5.';
