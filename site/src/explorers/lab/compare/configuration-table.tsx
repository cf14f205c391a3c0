/** Settings and outcomes of the pinned runs, a column each. */
import {useComputed, useSignal} from '@preact/signals';
import type {LabTable} from '../data/lab-table.ts';
import {cutoffKey, cutoffText} from '../data/quantities.ts';
import {shown} from '../format.ts';
import {wordCodec} from '../../state/codecs.ts';
import {useUrlState} from '../../state/url-state.ts';
import {settingsOf} from './configuration.ts';
import type {Pinned} from './pinned.ts';

interface Props {
  readonly table: LabTable;
  readonly pinned: readonly Pinned[];
}

const MADE = ['numerics', 'backend', 'version', 'commit'] as const;

export function ConfigurationTable({table, pinned}: Props) {
  const show = useUrlState('lab.show', 'differences', wordCodec(['differences', 'all']));
  const open = useSignal(true);
  const all = useComputed(() => show.value === 'all');
  const settings = settingsOf(
    pinned.map(({row, experiment}) => ({
      experiment: experiment.name,
      profile: experiment.profile,
      poisonFactor: table.number('beta', row),
      seed: table.number('seed', row),
      ...experiment.spec,
      ...Object.fromEntries(MADE.map((key) => [key, table.word(key, row)])),
    })),
  );
  const outcomes = table.quantities
    .filter(({group}) => group !== 'What was asked')
    .map((quantity) => ({
      name: quantity.kind === 'share' ? `${quantity.label} (%)` : quantity.label,
      values: pinned.map(({row}) => shown(quantity, table.number(quantity.key, row))),
    }))
    .filter(({values}) => values.some((value) => value !== '–'))
    .concat(verdictsOf(table, pinned))
    .map((outcome) => ({...outcome, differs: outcome.values.some((value) => value !== outcome.values[0])}));
  // One run differs from nothing: then everything is shown.
  const shownOf = <T extends {readonly differs: boolean}>(rows: readonly T[]): readonly T[] =>
    all.value || pinned.length === 1 ? rows : rows.filter(({differs}) => differs);
  const [ours, theirs] = [shownOf(settings), shownOf(outcomes)];
  return (
    <details
      class="lab-details"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>Settings and outcomes</summary>
      <label class="lab-check">
        <input
          type="checkbox"
          checked={!all.value}
          onChange={(event) => {
            show.value = event.currentTarget.checked ? 'differences' : 'all';
          }}
        />
        <span>Differences only</span>
      </label>
      <div
        class="lab-table lab-settings table-scroll"
        tabIndex={0}
        role="region"
        aria-label="Settings of the pinned runs"
      >
        <table>
          <caption class="visually-hidden">
            {ours.length} of {settings.length} settings and {theirs.length} of {outcomes.length} outcomes of
            the pinned runs
          </caption>
          <thead>
            <tr>
              <th scope="col" class="lab-name">
                Setting
              </th>
              {pinned.map(({id, mark, name}) => (
                <th key={id} scope="col" class="numeric" title={name}>
                  {mark.letter}
                  <span class="visually-hidden">: {name}</span>
                </th>
              ))}
            </tr>
          </thead>
          {[
            {part: 'settings', rows: ours},
            {part: 'outcomes', rows: theirs},
          ].map(({part, rows}) => (
            <tbody key={part} data-part={part}>
              {rows.map(({name, values}) => (
                <tr key={name}>
                  <th scope="row" class="lab-name">
                    {name}
                  </th>
                  {values.map((value, i) => (
                    <td key={pinned[i]?.id} class="numeric">
                      {value ?? '–'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </details>
  );
}

/** How far each estimate of a volume can be trusted. */
function verdictsOf(table: LabTable, pinned: readonly Pinned[]): {name: string; values: string[]}[] {
  return table.file.cutoffs.flatMap((cutoff) =>
    [
      {key: 'verdict', name: 'verdict on the mean over rays'},
      {key: 'stretchedVerdict', name: 'verdict on stretched rays'},
    ].map(({key, name}) => ({
      name: `${name} at ${cutoffText(cutoff)}`,
      values: pinned.map(({row}) => table.word(`${key}.${cutoffKey(cutoff)}`, row) ?? '–'),
    })),
  );
}
