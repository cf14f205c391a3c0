/** Two estimators on a bowl whose volume is known: rays alike in all directions, and rays stretched along the flat ones. */
import {palette} from '@minefield/figures';
import {useSignal} from '@preact/signals';
import {useEffect, useMemo} from 'preact/hooks';
import {nextTask} from '../engine/next-task.ts';
import {placeCodec, wholeCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {Chart} from '../ui/chart.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {
  COURSE,
  type Measured,
  bowlOf,
  convergence,
  decadesOff,
  followRays,
  judged,
  measureBowl,
} from './bowl.ts';
import {whole} from './lever.ts';

const PLACES = 150;
const [LEAST, MOST] = [2, 3457] as const;
const COUNTS = [10, 20, 50, 100, 200, 500, 1000, 2000] as const;
const HEIGHT = 270;

function dimensionAt(place: number): number {
  return Math.round(LEAST * (MOST / LEAST) ** (place / PLACES));
}

function placeOf(dimension: number): number {
  return (PLACES * Math.log(dimension / LEAST)) / Math.log(MOST / LEAST);
}

const [FIRST_DIMENSION, FIRST_COUNT] = [50, 5] as const;

/** Follows rays without holding up the page. @returns undefined where it was stopped */
async function followed(
  dimension: number,
  seed: number,
  count: number,
  stopped: () => boolean,
  onPart?: (part: Measured) => void,
): Promise<Measured | undefined> {
  let start = performance.now();
  const rays = followRays(bowlOf(dimension, seed), count, () => performance.now() - start > 8);
  for (;;) {
    const {done, value} = rays.next();
    if (done === true) return value;
    onPart?.(value);
    await nextTask();
    if (stopped()) return undefined;
    start = performance.now();
  }
}

const dimensionCodec = placeCodec({from: LEAST, to: MOST}, placeOf, dimensionAt, 6);

type Course = readonly (readonly [dimension: number, off: number])[];

export function BowlRace() {
  const place = useUrlState('bowl.n', placeOf(FIRST_DIMENSION), dimensionCodec);
  const countPlace = useUrlState<number>('bowl.rays', FIRST_COUNT, wholeCodec(0, COUNTS.length - 1));
  const seed = useUrlState('bowl.seed', 1, wholeCodec(1, 9999));
  const dimension = dimensionAt(place.value);
  const count = COUNTS[countPlace.value] ?? COUNTS[FIRST_COUNT];
  // What the page is built with is its picture without script.
  const built = useMemo(() => measureBowl(bowlOf(FIRST_DIMENSION, 1), COUNTS[FIRST_COUNT]), []);
  const measured = useSignal<Measured>(built);
  const course = useSignal<Course>([]);
  useEffect(() => {
    let stopped = false;
    const show = (part: Measured): void => {
      measured.value = part;
    };
    void followed(dimension, seed.value, count, () => stopped, show).then((all) => all && show(all));
    return () => {
      stopped = true;
    };
  }, [dimension, count, seed.value, measured]);
  useEffect(() => {
    let stopped = false;
    const run = async (): Promise<void> => {
      const points: [number, number][] = [];
      for (const n of COURSE) {
        const all = await followed(n, seed.value, count, () => stopped);
        if (all === undefined) return;
        points.push([n, decadesOff(all.spherical, all.bowl)]);
        course.value = [...points];
        await nextTask();
      }
    };
    void run();
    return () => {
      stopped = true;
    };
  }, [count, seed.value, course]);
  return (
    <ExplorerFrame
      id="explore-bowl"
      title="A bowl whose volume is known"
      hint={
        <p>
          The same number of rays in every dimension. Drag n up: rays alike in all directions (orange) come to
          lie closer and closer together, all short of the radius that the volume asks for, and the estimate
          falls behind by more and more decades; more rays hardly help. Rays stretched along the flat
          directions by the square root of the curvature (blue) have one length, the right one, from the first
          on. The bowl is ½ Σ h x² up to a loss of 0.1, with curvatures h from 0.1 to 10.
        </p>
      }
      status={measured.value.spherical.length < count ? 'Following rays …' : ''}
      controls={
        <>
          <Range
            label="Dimension n of the bowl"
            value={place}
            min={0}
            max={PLACES}
            text={(at) => `n = ${whole(dimensionAt(at))}`}
          />
          <Range
            label="Rays"
            value={countPlace}
            min={0}
            max={COUNTS.length - 1}
            text={(at) => whole(COUNTS[at] ?? 0)}
          />
          <div class="explorer-buttons">
            <button
              type="button"
              class="explorer-button"
              onClick={() => (seed.value = (seed.value % 9999) + 1)}
            >
              Other rays
            </button>
          </div>
        </>
      }
    >
      <Race
        measured={measured.value}
        count={count}
        course={course.value}
        onDimension={(n) => {
          place.value = placeOf(Math.max(LEAST, Math.min(MOST, Math.round(n))));
        }}
      />
    </ExplorerFrame>
  );
}

interface RaceProps {
  readonly measured: Measured;
  /** Rays in all. */
  readonly count: number;
  readonly course: Course;
  readonly onDimension: (n: number) => void;
}

function Race({measured: {bowl, spherical, preconditioned}, count, course, onDimension}: RaceProps) {
  const estimate = judged(spherical, bowl);
  const off = decadesOff(spherical, bowl);
  const comingIn = convergence(spherical, bowl);
  const reach = reachOf(Math.min(...comingIn.map(([, value]) => value)));
  const courseReach = reachOf(Math.min(-1, ...course.map(([, value]) => value)));
  const ends = {x: [0.3, 3], y: [0, count]} as const;
  return (
    <>
      <Panels
        label="What is shown"
        panels={[
          {
            title: 'Where the rays end',
            content: (
              <Chart
                label={`Lengths of ${spherical.length} rays as shares of the radius that the volume asks for`}
                height={HEIGHT}
                x={{
                  label: 'length ÷ radius of the volume',
                  domain: ends.x,
                  scale: 'log',
                  ticks: [0.3, 0.5, 1, 2, 3],
                }}
                y={{label: 'ray', domain: ends.y}}
                series={[
                  {
                    name: 'uniform rays',
                    colour: palette.poisoned,
                    kind: 'dots',
                    radius: 1.6,
                    opacity: 0.75,
                    points: endsOf(spherical, bowl.effectiveRadius),
                  },
                  {
                    name: 'stretched rays',
                    colour: palette.clean,
                    kind: 'line',
                    points: [
                      [(preconditioned[0] ?? Number.NaN) / bowl.effectiveRadius, 0],
                      [(preconditioned.at(-1) ?? Number.NaN) / bowl.effectiveRadius, preconditioned.length],
                    ],
                  },
                ]}
              />
            ),
          },
          {
            title: 'As rays come in',
            content: (
              <Chart
                label={`Decades off the true volume, by the number of rays, at n = ${bowl.dimension}`}
                height={HEIGHT}
                x={{label: 'rays', domain: [1, count], scale: 'log'}}
                y={{label: 'decades off', domain: [-reach, reach / 4]}}
                rules={[{y: 0, label: 'the true volume'}]}
                series={[
                  {
                    name: 'uniform rays',
                    colour: palette.poisoned,
                    kind: 'line',
                    points: comingIn,
                  },
                  {
                    name: 'stretched rays',
                    colour: palette.clean,
                    kind: 'line',
                    points: convergence(preconditioned, bowl),
                  },
                ]}
              />
            ),
          },
          {
            title: 'As dimensions come in',
            content: (
              <Chart
                label={`Decades off the true volume, by the dimension, with ${count} rays`}
                height={HEIGHT}
                x={{
                  label: 'dimension n',
                  domain: [LEAST, MOST],
                  scale: 'log',
                  ticks: [2, 10, 100, 1000],
                  format: whole,
                }}
                y={{label: 'decades off', domain: [-courseReach, courseReach / 4]}}
                rules={[{y: 0, label: 'the true volume'}]}
                cursor={bowl.dimension}
                marks={[
                  {x: bowl.dimension, y: 0, colour: palette.clean},
                  {x: bowl.dimension, y: off, colour: palette.poisoned},
                ]}
                onCursor={onDimension}
                series={[{name: 'uniform rays', colour: palette.poisoned, kind: 'line', points: course}]}
              />
            ),
          },
        ]}
      />
      <Readouts
        items={[
          {name: 'true volume', value: inDecades(bowl.decades)},
          {name: 'uniform rays say', value: inDecades(bowl.decades + off)},
          {name: 'off by', value: inDecades(off)},
          {
            name: 'stretched rays are off by',
            value: inDecades(decadesOff(preconditioned, bowl)),
          },
          {
            name: 'rays that carry the estimate',
            value: `${estimate.effectiveSampleSize.toFixed(1)} of ${spherical.length}`,
          },
          {name: 'verdict on uniform rays', value: estimate.verdict},
        ]}
      />
    </>
  );
}

/** Rays and where they end; no more than can be told apart. */
function endsOf(radii: Float64Array, unit: number): (readonly [number, number])[] {
  const every = Math.ceil(radii.length / 400);
  const points: (readonly [number, number])[] = [];
  for (let i = 0; i < radii.length; i += every) points.push([(radii[i] as number) / unit, i + 1]);
  return points;
}

/** Where an axis ends, in steps, so that it stands still while a number moves. */
function reachOf(off: number): number {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500].find((reach) => -off < reach * 0.95) ?? 1000;
}

function inDecades(decades: number): string {
  const size = Math.abs(decades);
  const text = size < 100 ? size.toFixed(2) : whole(size);
  return `${decades < 0 && Number(text) !== 0 ? '−' : ''}${text} decades`;
}
