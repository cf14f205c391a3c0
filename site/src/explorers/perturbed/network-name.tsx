import {palette} from '@minefield/figures';
import {poison} from '../../lib/format.ts';

/** What a network is called above its pictures. */
export function NetworkName({good, poisonFactor}: {readonly good: boolean; readonly poisonFactor: number}) {
  return (
    <p class="perturbed-name">
      <svg width="10" height="10" aria-hidden="true">
        <circle cx="5" cy="5" r="5" fill={good ? palette.clean : palette.poisoned} />
      </svg>
      {good ? 'Good minimum' : 'Bad minimum'}, <i>β</i> = {poison(poisonFactor)}
    </p>
  );
}
