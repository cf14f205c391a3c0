import {useSignal} from '@preact/signals';
import './command-line.css';

/** A command to be copied. */
export function CommandLine({label, text}: {readonly label: string; readonly text: string}) {
  const copied = useSignal('');
  return (
    <div class="lab-command" role="group" aria-label={label}>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <button
        type="button"
        class="explorer-button"
        onClick={async () => {
          await navigator.clipboard?.writeText(text);
          copied.value = text;
        }}
      >
        {copied.value === text ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
