import type {Signal} from '@preact/signals';
import {useId} from 'preact/hooks';

interface Props {
  readonly label: string;
  /** Place on the range. */
  readonly value: Signal<number>;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** What the place stands for, for the eye and the ear, such as `β = 0.8`. */
  readonly text: (value: number) => string;
  readonly disabled?: boolean;
}

/** A native slider with its name and its value: keyboard, touch and screen readers come with it. */
export function Range({label, value, min, max, step = 1, text, disabled = false}: Props) {
  const id = useId();
  return (
    <div class="explorer-range">
      <label for={id}>{label}</label>
      <output for={id}>{text(value.value)}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value.value}
        disabled={disabled}
        aria-valuetext={text(value.value)}
        onInput={(event) => {
          value.value = event.currentTarget.valueAsNumber;
        }}
      />
    </div>
  );
}
