/** What lines and marks mean, in a row below a chart. */
export interface KeyEntry {
  readonly name: string;
  readonly colour: string;
  readonly dash?: string;
  /** A mark in place of a line. */
  readonly mark?: 'dot' | 'ring';
}

export function Key({entries}: {readonly entries: readonly KeyEntry[]}) {
  return (
    <ul class="explorer-key">
      {entries.map(({name, colour, dash, mark}) => (
        <li key={name}>
          <svg width="18" height="10" aria-hidden="true">
            {mark === undefined ? (
              <line x1="0" x2="18" y1="5" y2="5" stroke={colour} stroke-width="2" stroke-dasharray={dash} />
            ) : (
              <circle
                cx="9"
                cy="5"
                r="4"
                fill={mark === 'dot' ? colour : 'none'}
                stroke={colour}
                stroke-width="1.6"
              />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
