import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useId} from 'preact/hooks';

export interface Panel {
  /** Short: it is on the switch of phones, and above the panel elsewhere. */
  readonly title: string;
  readonly content: ComponentChildren;
}

/** Two or three panels side by side; on phones one at a time, with a switch. */
export function Panels({panels, label}: {readonly panels: readonly Panel[]; readonly label: string}) {
  const shown = useSignal(0);
  const name = useId();
  return (
    <div class="explorer-panels" data-count={panels.length}>
      <fieldset class="explorer-choice explorer-switch">
        <legend class="visually-hidden">{label}</legend>
        <div>
          {panels.map(({title}, i) => (
            <label key={title}>
              <input
                type="radio"
                name={name}
                checked={shown.value === i}
                onChange={() => {
                  shown.value = i;
                }}
              />
              <span>{title}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="explorer-panel-row">
        {panels.map(({title, content}, i) => (
          <section key={title} class="explorer-panel" data-shown={shown.value === i}>
            <p class="explorer-panel-title">{title}</p>
            {content}
          </section>
        ))}
      </div>
    </div>
  );
}
