import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useEffect, useId, useRef} from 'preact/hooks';

interface Props {
  readonly label: string;
  /** As of `<input accept>`. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly children?: ComponentChildren;
}

/** A place to drop a file on, which is a native file button too: by mouse, touch and keyboard. */
export function FileDrop({label, accept, onFile, children}: Props) {
  const over = useSignal(false);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Chosen before the page came alive.
    const [file] = input.current?.files ?? [];
    if (file !== undefined) onFile(file);
  }, []);
  return (
    <div
      class="lab-drop"
      data-over={over.value}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        const [file] = event.dataTransfer?.files ?? [];
        if (file !== undefined) onFile(file);
      }}
    >
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file may be chosen again, after it was changed.
          if (file !== undefined) onFile(file);
          event.currentTarget.value = '';
        }}
      />
      {children}
    </div>
  );
}
