/** The dial itself: a native slider on a scale of poison, from blue to orange. */
import './poison-slider.css';
import type {Signal} from '@preact/signals';
import {useId} from 'preact/hooks';
import {poisonTicks} from './sweep.ts';

interface Props {
  readonly level: Signal<number>;
  readonly levels: readonly number[];
  /** What a level stands for, for those who do not see it. */
  readonly text: string;
}

export function PoisonSlider({level, levels, text}: Props) {
  const id = useId();
  const last = Math.max(1, levels.length - 1);
  return (
    <div class="dial-slider">
      <label for={id}>
        Poison factor <i>β</i>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        value={level.value}
        aria-valuetext={text}
        onInput={(event) => {
          level.value = event.currentTarget.valueAsNumber;
        }}
      />
      <div class="dial-ticks">
        <svg aria-hidden="true" height="16" width="100%">
          {[...poisonTicks(levels), {at: last, label: String(levels.at(-1))}].map(({at, label}) => (
            <text key={label} x={`${(100 * at) / last}%`} y="12" text-anchor="middle">
              {label}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}
