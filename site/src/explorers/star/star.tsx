/** Basin star: how far each minimum's basin reaches along random rays, and what volume that makes, as rays come in. */
import {useComputed, useSignal, useSignalEffect} from '@preact/signals';
import {useExperiment} from '../data/use-experiment.ts';
import {wholeCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Select} from '../ui/select.tsx';
import {shortNumber} from '../data/format.ts';
import {GrowthChart, RadiusChart} from './star-charts.tsx';
import {StarPicture} from './star-picture.tsx';
import {StarTable} from './star-table.tsx';
import type {RayRadii} from './statistics.ts';
import {CUTOFFS, MOST_RAYS, type Measured, type Pair, useRays} from './use-rays.ts';
import './star.css';

interface Props {
  readonly experiment: string;
  readonly levels: readonly number[];
  readonly seeds: readonly number[];
  /** The first rays of both ends of the sweep as their records have them, at the cutoff that the page begins with. */
  readonly stills: Pair<RayRadii> | null;
}

/** The record's middle cutoff. */
const FIRST_CUTOFF = CUTOFFS.indexOf(0.5);

/** How many rays a press adds. */
const MORE = 64;

export function Star({experiment: name, levels, seeds, stills}: Props) {
  const last = levels.length - 1;
  const cutoff = useUrlState('star.cutoff', FIRST_CUTOFF, wholeCodec(0, CUTOFFS.length - 1));
  const seed = useUrlState('star.seed', seeds[0] ?? 1, wholeCodec(1, Math.max(...seeds)));
  const level = useUrlState('star.level', last, wholeCodec(1, last));
  const rays = useUrlState('star.rays', MORE, wholeCodec(MORE, MOST_RAYS));
  const status = useSignal('');
  const going = useSignal(false);
  const experiment = useExperiment(name, status);
  const measured = useRays({experiment, seed, level, rays, status});
  const sides = useComputed((): Pair<RayRadii | null> => {
    const found = measured.value;
    if (found === null) {
      const asRecorded = seed.value === (seeds[0] ?? 1) && level.value === last;
      return asRecorded && stills !== null ? stills : [null, null];
    }
    return [raysAt(found[0], cutoff.value), raysAt(found[1], cutoff.value)];
  });
  useSignalEffect(() => {
    const have = measured.value?.[0].count ?? 0;
    if (!going.value || have < rays.peek()) return;
    if (have >= MOST_RAYS) going.value = false;
    else rays.value = Math.min(MOST_RAYS, rays.peek() + MORE);
  });
  const loss = CUTOFFS[cutoff.value] ?? 0.5;
  const lacking = measured.value?.flatMap((side, i) =>
    (side.radii[cutoff.value]?.length ?? 0) > 0
      ? []
      : [
          `The ${i === 0 ? 'good' : 'bad'} minimum lies above this loss, at ${shortNumber(side.anchorLoss)}: no basin.`,
        ],
  );
  const stars = (['good', 'bad'] as const).map((star, i) => ({
    name: star,
    radii: Array.from(sides.value[i as 0 | 1]?.radii ?? []),
  }));
  const full = rays.value >= MOST_RAYS;
  return (
    <ExplorerFrame
      id="explore-star"
      title="Basin star"
      status={status.value || lacking?.join(' ') || ''}
      hint={<Hint />}
      controls={
        <>
          <Range
            label="Loss at which a basin ends, nats"
            value={cutoff}
            min={0}
            max={CUTOFFS.length - 1}
            text={(i) => String(CUTOFFS[i] ?? '')}
          />
          <div class="star-selects">
            <Select
              label="Seed"
              value={seed}
              options={seeds.map((value) => ({value, label: String(value)}))}
            />
            <Select
              label="Poison of the bad one"
              value={level}
              options={levels.flatMap((beta, value) => (value === 0 ? [] : [{value, label: `β = ${beta}`}]))}
            />
          </div>
          <div class="explorer-buttons">
            <button
              type="button"
              class="explorer-button"
              data-primary
              disabled={full || going.value}
              onClick={() => {
                rays.value = Math.min(MOST_RAYS, rays.value + MORE);
              }}
            >
              Add {MORE} rays
            </button>
            <button
              type="button"
              class="explorer-button"
              aria-pressed={going.value}
              disabled={full}
              onClick={() => {
                going.value = !going.value;
              }}
            >
              {going.value ? 'Stop adding' : 'Keep adding'}
            </button>
          </div>
        </>
      }
    >
      <div class="star-stage" data-live={measured.value !== null}>
        <p class="star-key">
          <span data-star="good">good minimum, β = {levels[0]}</span>
          <span data-star="bad">bad minimum, β = {levels[level.value]}</span>
        </p>
        <Panels
          label="Which picture"
          panels={[
            {
              title: 'Star',
              content: <StarPicture stars={stars} label={describe(sides.value, loss)} />,
            },
            {title: 'Radii', content: <RadiusChart sides={sides.value} />},
            {title: 'Bound', content: <GrowthChart sides={sides.value} />},
          ]}
        />
        <StarTable sides={sides.value} cutoff={loss} />
      </div>
    </ExplorerFrame>
  );
}

function raysAt(
  {radii, dimension, maximum, tolerance, undefinedRays}: Measured,
  cutoff: number,
): RayRadii | null {
  const found = radii[cutoff];
  if (found === undefined || found.length === 0) return null;
  return {radii: found, dimension, maximum, tolerance, undefinedRays: undefinedRays[cutoff] ?? 0};
}

function describe(sides: Pair<RayRadii | null>, loss: number): string {
  const [good, bad] = sides.map((side) => {
    if (side === null) return 'no basin';
    const radii = Array.from(side.radii);
    return `${radii.length} rays of relative radius ${shortNumber(Math.min(...radii))} to ${shortNumber(Math.max(...radii))}`;
  });
  return `Star of radii at a loss of ${loss}, on a logarithmic scale. Good minimum: ${good}. Bad minimum: ${bad}.`;
}

function Hint() {
  return (
    <>
      <p>
        <strong>Keep adding rays</strong> and watch the bound. Each ray leaves the minimum in a random
        direction and ends where the loss reaches the cutoff; the heavy one is the longest so far. Volumes are
        the mean of r<sup>n</sup> over rays, so one longest ray carries nearly all of it, and whenever a
        longer one comes, the bound jumps by tens of decades: the effective sample size stays near one, and
        the verdict a lower bound. What does not climb is the distance between the two stars, wherever you put
        the cutoff.
      </p>
      <p>
        Distances are in relative radius: at √n of it, with n weights, each filter is moved by about its own
        length. Ray 1 here is ray 1 of the records.
      </p>
    </>
  );
}
