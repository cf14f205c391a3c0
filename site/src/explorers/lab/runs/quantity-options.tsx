import type {LabTable} from '../data/lab-table.ts';

interface Props {
  readonly table: LabTable | null;
  readonly chosen: string;
}

/** The options of a list of quantities, in their groups. */
export function QuantityOptions({table, chosen}: Props) {
  if (table === null) return <option value={chosen}>…</option>;
  const groups = new Set(table.quantities.map(({group}) => group));
  return (
    <>
      {[...groups].map((group) => (
        <optgroup key={group} label={group}>
          {table.quantities
            .filter((quantity) => quantity.group === group)
            .map(({key, label}) => (
              <option key={key} value={key} selected={key === chosen}>
                {label}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  );
}
