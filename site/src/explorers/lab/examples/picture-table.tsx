/** Test pictures: what the network at each level of poison says of each. */
import {poison} from '../../../lib/format.ts';
import {wordCodec} from '../../state/codecs.ts';
import {useUrlState} from '../../state/url-state.ts';
import {siteRoot} from '../../data/site-root.ts';
import {Select} from '../../ui/select.tsx';
import type {PictureExamples} from '../data/lab-file.ts';
import {percent} from '../format.ts';

interface Props {
  readonly sets: readonly PictureExamples[];
}

const filters = [
  {value: 'all', label: 'all pictures'},
  {value: 'always', label: 'right at every β'},
  {value: 'turned', label: 'right at the least β, wrong at the most'},
  {value: 'never', label: 'right at no β'},
] as const;

export function PictureTable({sets}: Props) {
  const options = sets.map(({experiment, seed}) => `${experiment}-${seed}`);
  const chosen = useUrlState('lab.pictures', options[0] ?? '', wordCodec(options));
  const show = useUrlState('lab.pictures.show', 'all', wordCodec(filters.map(({value}) => value)));
  const label = useUrlState('lab.pictures.digit', 'any', wordCodec(['any', ...'0123456789']));
  const set = sets[options.indexOf(chosen.value)] ?? sets[0];
  if (set === undefined) return null;
  const {answers, labels, sources} = set;
  const rightAt = (picture: number): readonly boolean[] =>
    answers.map(({predicted}) => predicted[picture] === labels[picture]);
  const passes = (picture: number): boolean => {
    const right = rightAt(picture);
    if (label.value !== 'any' && labels[picture] !== Number(label.value)) return false;
    switch (show.value) {
      case 'all':
        return true;
      case 'always':
        return !right.includes(false);
      case 'turned':
        return right[0] === true && right.at(-1) === false;
      case 'never':
        return !right.includes(true);
    }
  };
  const listed = labels.map((_, i) => i).filter(passes);
  return (
    <div class="lab-pictures">
      <div class="explorer-controls">
        <Select
          label="Pictures"
          value={chosen}
          options={sets.map(({experiment, seed}, i) => ({
            value: options[i] ?? '',
            label: `${experiment}, seed ${seed}`,
          }))}
        />
        <Select label="Show" value={show} options={filters} />
        <Select
          label="True digit"
          value={label}
          options={['any', ...'0123456789'].map((value) => ({value, label: value}))}
        />
      </div>
      <p class="lab-note" role="status">
        {listed.length} of {labels.length} test pictures
        {set.stretched && '; contrast is stretched'}. Under each β: what the network says, and how probable it
        finds that.
      </p>
      <div
        class="lab-table lab-examples-table table-scroll"
        tabIndex={0}
        role="region"
        aria-label="Test pictures"
      >
        <table>
          <caption class="visually-hidden">
            Predictions of {answers.length} networks for {listed.length} test pictures of {set.title}
          </caption>
          <thead>
            <tr>
              <th scope="col" class="lab-name">
                Picture
              </th>
              <th scope="col" class="numeric">
                right at
              </th>
              {answers.map(({poisonFactor, run}) => (
                <th key={run} scope="col">
                  <a href={`${siteRoot()}runs/${run}.html`}>β = {poison(poisonFactor)}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.map((picture) => (
              <tr key={picture}>
                <th scope="row" class="lab-name">
                  <img src={sources[picture]} width="48" height="48" alt="" />
                  <strong>{labels[picture]}</strong>
                </th>
                <td class="numeric">
                  {rightAt(picture).filter(Boolean).length} of {answers.length}
                </td>
                {answers.map(({run, predicted, probability}) => {
                  const right = predicted[picture] === labels[picture];
                  return (
                    <td key={run} class="lab-answer" data-right={right}>
                      <strong>{predicted[picture]}</strong> {right ? '✓' : '✗'}
                      <span class="visually-hidden">{right ? ' right' : ' wrong'}</span>{' '}
                      <small>{percent(probability[picture] ?? null)}</small>
                      <svg width="60" height="4" aria-hidden="true">
                        <rect width={60 * (probability[picture] ?? 0)} height="4" />
                      </svg>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {listed.length === 0 && <p class="lab-none">No picture passes the filters.</p>}
      </div>
    </div>
  );
}
