/** Test points as a table, with filters. */
import {poison} from '../../../lib/format.ts';
import {useSignal} from '@preact/signals';
import {wordCodec} from '../../state/codecs.ts';
import {useUrlState} from '../../state/url-state.ts';
import {Select} from '../../ui/select.tsx';
import {significant} from '../format.ts';
import {type Asked, type AtLevel, ownOdds} from './asked.ts';

interface Props {
  readonly asked: Asked;
  /** The level that is chosen. */
  readonly row: number;
  readonly at: AtLevel | null;
  /** The point that is chosen. */
  readonly chosen: number;
  readonly onChoose: (point: number) => void;
}

const filters = [
  {value: 'all', label: 'all test points'},
  {value: 'wrong', label: 'wrong at this β'},
  {value: 'right', label: 'right at this β'},
  {value: 'turned', label: 'right without poison, wrong here'},
] as const;

const PAGE = 20;

export function PointTable({asked, row, at, chosen, onChoose}: Props) {
  const show = useUrlState('lab.points.show', 'all', wordCodec(filters.map(({value}) => value)));
  const page = useSignal(0);
  const {points, right, levels} = asked;
  const {inputs, labels} = points.test;
  const [clean, here] = [right[0] ?? null, right[row] ?? null];
  const passes = (point: number): boolean => {
    switch (show.value) {
      case 'all':
        return true;
      case 'wrong':
        return here?.[point] === 0;
      case 'right':
        return here?.[point] === 1;
      case 'turned':
        return clean?.[point] === 1 && here?.[point] === 0;
    }
  };
  const listed = Array.from(labels, (_, i) => i).filter(passes);
  const first = Math.min(page.value * PAGE, Math.max(0, Math.ceil(listed.length / PAGE) - 1) * PAGE);
  return (
    <div class="lab-points">
      <Select label="Show" value={show} options={filters} />
      <div
        class="lab-table lab-examples-table table-scroll"
        tabIndex={0}
        role="region"
        aria-label="Test points"
      >
        <table>
          <caption class="visually-hidden">
            {listed.length} of {labels.length} test points at β = {levels[row]}
          </caption>
          <thead>
            <tr>
              <th scope="col" class="lab-name">
                Point
              </th>
              <th scope="col" class="numeric">
                x
              </th>
              <th scope="col" class="numeric">
                y
              </th>
              <th scope="col" class="numeric">
                class
              </th>
              <th scope="col">at β = {poison(levels[row] ?? null)}</th>
              <th scope="col" class="numeric">
                right at
              </th>
              <th scope="col" class="numeric">
                first wrong at β
              </th>
              <th scope="col" class="numeric">
                log-odds of its class
              </th>
              <th scope="col" class="numeric">
                distance to the boundary
              </th>
            </tr>
          </thead>
          <tbody>
            {listed.slice(first, first + PAGE).map((point) => {
              const wrong = right.findIndex((flags) => flags?.[point] === 0);
              return (
                <tr key={point} data-pinned={point === chosen}>
                  <th scope="row" class="lab-name">
                    <button
                      type="button"
                      class="lab-pick"
                      aria-pressed={point === chosen}
                      onClick={() => onChoose(point)}
                    >
                      {point + 1}
                    </button>
                  </th>
                  <td class="numeric">{significant(inputs[2 * point] ?? 0)}</td>
                  <td class="numeric">{significant(inputs[2 * point + 1] ?? 0)}</td>
                  <td class="numeric">{labels[point]}</td>
                  <td>{here === null ? '–' : here[point] === 1 ? '✓ right' : '✗ wrong'}</td>
                  <td class="numeric">
                    {right.filter((flags) => flags?.[point] === 1).length} of {levels.length}
                  </td>
                  <td class="numeric">{wrong < 0 ? 'never' : poison(levels[wrong] ?? null)}</td>
                  <td class="numeric">{at === null ? '–' : significant(ownOdds(asked, at.odds, point))}</td>
                  <td class="numeric">{at === null ? '–' : significant(at.margins[point] ?? 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div class="lab-pager">
        <button
          type="button"
          class="explorer-button"
          disabled={first === 0}
          onClick={() => (page.value = first / PAGE - 1)}
        >
          Previous<span class="visually-hidden"> points</span>
        </button>
        <span role="status">
          {listed.length === 0 ? '0' : `${first + 1}–${Math.min(first + PAGE, listed.length)}`} of{' '}
          {listed.length}
        </span>
        <button
          type="button"
          class="explorer-button"
          disabled={first + PAGE >= listed.length}
          onClick={() => (page.value = first / PAGE + 1)}
        >
          Next<span class="visually-hidden"> points</span>
        </button>
      </div>
    </div>
  );
}
