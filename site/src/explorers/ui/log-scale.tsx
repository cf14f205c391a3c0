import {palette} from '@minefield/figures';
import {useRef} from 'preact/hooks';
import {useWidth} from './use-width.ts';

interface Props {
  readonly label: string;
  /** > 0 */
  readonly min: number;
  readonly max: number;
  readonly text: (value: number) => string;
  readonly bet: number | undefined;
  readonly measured: number | undefined;
}

const HEIGHT = 74;
const EDGE = 26;

/** A bet beside what was measured, on one logarithmic line. */
export function LogScale({label, min, max, text, bet, measured}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 320);
  const across = (value: number): number =>
    EDGE + (width - 2 * EDGE) * Math.min(1, Math.max(0, Math.log(value / min) / Math.log(max / min)));
  const ticks: number[] = [];
  for (let power = Math.ceil(Math.log10(min) - 1e-9); power <= Math.log10(max) + 1e-9; power++)
    ticks.push(10 ** power);
  const flag = (value: number | undefined, name: string, colour: string, y: number) =>
    value === undefined ? null : (
      <g transform={`translate(${across(value)},0)`} fill={colour} stroke={colour}>
        <line y1={y + 4} y2="44" stroke-width="1.5" />
        <circle cy="44" r="5" stroke="none" />
        <text
          class="explorer-flag"
          y={y}
          stroke="none"
          text-anchor={across(value) > width / 2 ? 'end' : 'start'}
        >
          {name} {text(value)}
        </text>
      </g>
    );
  return (
    <div class="explorer-chart" ref={frame}>
      <svg role="img" aria-label={label} width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`}>
        <g class="explorer-axis">
          <line x1={EDGE} x2={width - EDGE} y1="44" y2="44" />
          {ticks.map((tick) => (
            <g key={tick} transform={`translate(${across(tick)},44)`}>
              <line y2="5" />
              <text y="18" text-anchor="middle">
                {text(tick)}
              </text>
            </g>
          ))}
        </g>
        {flag(bet, 'you bet', palette.poisoned, 12)}
        {flag(measured, 'measured', palette.clean, 28)}
      </svg>
    </div>
  );
}
