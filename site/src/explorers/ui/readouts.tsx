/** One measured number with its name. */
export interface Readout {
  readonly name: string;
  readonly value: string;
  /** What the post calls it, where it differs. */
  readonly alias?: string;
}

/** Numbers under the pictures, in digits of one width, so that nothing jumps. */
export function Readouts({items}: {readonly items: readonly Readout[]}) {
  return (
    <dl class="explorer-readouts">
      {items.map(({name, value, alias}) => (
        <div key={name}>
          <dt>
            {name}
            {alias !== undefined && <small> {alias}</small>}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
