/** What was measured of the reader's networks, and what can be done with the one that is there. */
import {useEffect} from 'preact/hooks';
import {keepOwnNetwork} from '../data/own-network.ts';
import {ask} from '../engine/engine.ts';
import {whole} from '../../lib/format.ts';
import {percentage, shortNumber} from '../data/format.ts';
import {CUTOFF, type OwnDot} from './own-scatter.tsx';
import type {OwnChoice} from './use-own-settings.ts';
import type {Measuring} from './use-measuring.ts';
import type {Training} from './use-training.ts';

const NAMES = {spirals: 'two spirals', circles: 'two circles', painted: 'painted points'} as const;

interface ButtonsProps {
  readonly training: Training;
  readonly measuring: Measuring;
  readonly choice: OwnChoice;
}

export function MeasureButtons({training, measuring, choice}: ButtonsProps) {
  const {problem, points} = choice;
  const state = training.snapshot.value?.networks[0];
  const still = training.phase.value === 'paused' || training.phase.value === 'ended';
  const ready = still && state !== undefined && training.outcome.value !== 'diverged';
  // Other explorers may look at it from now on.
  useEffect(() => {
    const {curves, theta} = state ?? {};
    const [trainAccuracy, testAccuracy] = [curves?.trainAccuracy.at(-1), curves?.testAccuracy.at(-1)];
    if (!ready || theta === undefined || trainAccuracy === undefined || testAccuracy === undefined) return;
    const {hidden, seed, poisonFactor, data} = problem.peek();
    keepOwnNetwork({
      hidden,
      seed,
      poisonFactor,
      theta,
      trainAccuracy,
      testAccuracy,
      ...points.peek(),
      steps: training.snapshot.peek()?.step ?? 0,
      data: NAMES[data.kind],
    });
  }, [ready, state, problem, points, training.snapshot]);
  const name = (): string => {
    const {data, poisonFactor, seed} = problem.value;
    return `${NAMES[data.kind]}, β = ${poisonFactor}, seed ${seed}`;
  };
  const save = async (): Promise<void> => {
    if (state === undefined) return;
    const {hidden, seed, poisonFactor, data, recipe} = problem.value;
    const bytes = await ask('saveNetwork', {
      theta: state.theta,
      hidden,
      metadata: {
        model: `mlp ${[2, ...hidden, 1].join('-')}`,
        madeBy: 'Minefield, make your own bad minimum',
        data: data.kind,
        seed: String(seed),
        poisonFactor: String(poisonFactor),
        recipe: JSON.stringify(recipe),
        steps: String(training.snapshot.value?.step ?? 0),
        trainAccuracy: String(state.curves.trainAccuracy.at(-1) ?? ''),
        testAccuracy: String(state.curves.testAccuracy.at(-1) ?? ''),
      },
    });
    const address = URL.createObjectURL(new Blob([bytes], {type: 'application/octet-stream'}));
    const link = document.createElement('a');
    link.href = address;
    link.download = `own-${data.kind}-beta-${poisonFactor}-seed-${seed}.safetensors`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <>
      <button
        type="button"
        class="explorer-button"
        disabled={!ready || measuring.busy.value || measuring.done.value}
        onClick={() => state && measuring.measure(problem.value, state.theta, name())}
      >
        Measure it
      </button>
      <button type="button" class="explorer-button" disabled={!ready} onClick={() => void save()}>
        Download
      </button>
    </>
  );
}

/** One row for each network that was measured. */
export function OwnMeasured({dots}: {readonly dots: readonly OwnDot[]}) {
  return (
    <div class="own-measured" tabIndex={0} role="region" aria-label="Your measured networks">
      <table>
        <caption class="visually-hidden">Your measured networks</caption>
        <thead>
          <tr>
            <th scope="col">your network</th>
            <th scope="col">gap</th>
            <th scope="col">mean radius, relative</th>
            <th scope="col">volume, decades</th>
            <th scope="col">
              λ<sub>max</sub>, relative
            </th>
            <th scope="col">mean margin</th>
          </tr>
        </thead>
        <tbody>
          {dots.length === 0 && (
            <tr>
              <td colSpan={6} class="own-none">
                Nothing measured yet: train a network, then press “Measure it”.
              </td>
            </tr>
          )}
          {dots.map(({name, value, comparable}, i) => {
            const basin = value.basins.find(({cutoff}) => cutoff === CUTOFF);
            return (
              <tr key={`${i} ${name}`}>
                <th scope="row">
                  {name}
                  {comparable ? '' : ` (n = ${whole(value.dimension)}, not of the sweep)`}
                </th>
                <td>{percentage(value.trainAccuracy - value.freshAccuracy)}</td>
                <td>
                  {typeof basin?.meanRadius === 'number'
                    ? shortNumber(basin.meanRadius)
                    : `loss above ${CUTOFF}`}
                </td>
                <td>
                  {typeof basin?.stableLogVolume === 'number'
                    ? whole(basin.stableLogVolume / Math.LN10)
                    : '–'}
                </td>
                <td>
                  {value.largestEigenvalue === null ? 'not settled' : shortNumber(value.largestEigenvalue)}
                </td>
                <td>{value.meanMargin === null ? '–' : shortNumber(value.meanMargin)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
