/** What each plane says of the same two pits. */
import type {PlaneKind} from '../engine/calls/plane.ts';
import {shortNumber} from '../data/format.ts';
import {type Pair, type PlaneChoice, type Slice, keyOf} from './planes.ts';

interface Props {
  readonly choice: PlaneChoice;
  readonly known: ReadonlyMap<string, Pair<Slice>>;
}

export const PLANE_NAMES: readonly {readonly value: PlaneKind; readonly label: string}[] = [
  {value: 'random', label: 'Two random'},
  {value: 'sharpest', label: 'Two sharpest'},
  {value: 'twin', label: 'Through both minima'},
];

export function PitTable({choice, known}: Props) {
  return (
    <table class="surface-pits">
      <caption>Relative radius at which the loss reaches 0.5, by plane</caption>
      <thead>
        <tr>
          <th scope="col">Plane</th>
          <th scope="col">good</th>
          <th scope="col">bad</th>
          <th scope="col">ratio</th>
        </tr>
      </thead>
      <tbody>
        {PLANE_NAMES.map(({value, label}) => {
          const pair = known.get(keyOf({...choice, kind: value}));
          const [good, bad] = pair?.map(({pit}) => pit) ?? [];
          return (
            <tr key={value} data-plane={value} aria-current={value === choice.kind ? 'true' : undefined}>
              <th scope="row">{label}</th>
              {pair === undefined ? (
                <td colSpan={3} class="surface-unseen">
                  not looked at yet
                </td>
              ) : (
                <>
                  <td>{good ? shortNumber(good.mean) : 'none'}</td>
                  <td>{bad ? shortNumber(bad.mean) : 'none'}</td>
                  <td>{good && bad ? `${shortNumber(good.mean / bad.mean, 2)}×` : '–'}</td>
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
