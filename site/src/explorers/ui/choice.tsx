import type {Signal} from '@preact/signals';
import {useId} from 'preact/hooks';

interface Props<Value extends string | number> {
  readonly label: string;
  readonly value: Signal<Value>;
  readonly options: readonly {readonly value: Value; readonly label: string}[];
}

/** One of a few, all in sight: radio buttons that look like the parts of a bar. */
export function Choice<Value extends string | number>({label, value, options}: Props<Value>) {
  const name = useId();
  return (
    <fieldset class="explorer-choice">
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value.value}
              onChange={() => {
                value.value = option.value;
              }}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
