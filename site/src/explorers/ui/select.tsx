import type {Signal} from '@preact/signals';
import {useId} from 'preact/hooks';

interface Props<Value extends string | number> {
  readonly label: string;
  readonly value: Signal<Value>;
  readonly options: readonly {readonly value: Value; readonly label: string}[];
}

/** One of many: a native list. */
export function Select<Value extends string | number>({label, value, options}: Props<Value>) {
  const id = useId();
  return (
    <div class="explorer-select">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={String(value.value)}
        onChange={(event) => {
          const chosen = options[event.currentTarget.selectedIndex];
          if (chosen !== undefined) value.value = chosen.value;
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
