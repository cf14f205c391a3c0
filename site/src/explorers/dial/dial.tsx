/** The poison dial: drag β, and the boundary, the basin below it, and a cursor in each chart of the sweep follow. */
import './dial.css';
import {poisonColour} from '@minefield/figures';
import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useEffect, useLayoutEffect, useMemo, useRef} from 'preact/hooks';
import {percent, poison, significant, whole} from '../../lib/format.ts';
import {runAt} from '../data/experiment.ts';
import {wholeCodec, wordCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {BoundaryCanvas} from '../ui/boundary-canvas.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Panels} from '../ui/panels.tsx';
import {Select} from '../ui/select.tsx';
import {Choice} from '../ui/choice.tsx';
import {BasinStar} from './basin-star.tsx';
import {PoisonSlider} from './poison-slider.tsx';
import {SweepChart} from './sweep-chart.tsx';
import {quantitiesOf} from './sweep.ts';
import {useDial} from './use-dial.ts';

interface Props {
  readonly experiment: string;
  readonly levels: readonly number[];
  readonly seeds: readonly number[];
  /** What is in place of the pictures until they are there, and where no script runs. */
  readonly children?: ComponentChildren;
}

const CHART_HEIGHT = 136;

export function Dial({experiment: name, levels, seeds, children}: Props) {
  const last = levels.length - 1;
  const level = useUrlState('dial.level', last, wholeCodec(0, last));
  const seed = useUrlState('dial.seed', seeds[0] ?? 1, wholeCodec(1, Math.max(...seeds)));
  const shown = useUrlState('dial.points', 'train', wordCodec(['train', 'test', 'both']));
  const touched = useSignal(false);
  const status = useSignal('');
  const dial = useDial({experiment: name, levels, seed, level, touched, status});
  const frame = useRef<HTMLDivElement>(null);
  const [loaded, data, points, view] = [
    dial.experiment.value,
    dial.data.value,
    dial.points.value,
    dial.view.value,
  ];
  useLayoutEffect(() => {
    frame.current?.style.setProperty('--poison', poisonColour(level.value / Math.max(1, last)));
  }, [level.value, last]);
  useEffect(() => {
    const touch = (): void => {
      touched.value = true;
    };
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) frame.current?.addEventListener(event, touch, {once: true, passive: true});
  }, [touched]);
  const quantities = useMemo(() => (loaded === null ? [] : quantitiesOf(loaded)), [loaded]);
  const factor = levels[level.value] ?? 0;
  const run = loaded === null ? undefined : runAt(loaded, seed.value, factor);
  const right =
    run === undefined || run.trainAccuracy === null || run.gap === null ? null : run.trainAccuracy - run.gap;
  const others = useMemo(
    () =>
      points === null || view === null || shown.value === 'train' || view.seed !== seed.value
        ? undefined
        : {points: points.test, atPoints: view.testOdds},
    [points, view, shown.value, seed.value],
  );
  const said = `β = ${poison(factor)}: ${percent(run?.trainAccuracy ?? null)} of training points right, ${percent(right)} of new ones`;
  const radii = data?.levels.find(({poisonFactor}) => poisonFactor === factor)?.radii ?? [];
  const ghost = data?.levels[0]?.radii ?? [];
  const place = loaded?.cutoffs.findIndex(({kind, value}) => kind === 'loss' && value === data?.cutoff) ?? -1;
  const radiusOf = (of: number): number | null | undefined =>
    loaded === null ? null : runAt(loaded, seed.value, of)?.meanRadius[place];
  const live = loaded !== null && data !== null && points !== null && view !== null;
  return (
    <div class="dial" ref={frame}>
      <ExplorerFrame
        id="explore-dial"
        title="The poison dial"
        hint={
          <p>
            Each setting is a trained network. Drag <i>β</i> up from 0: all fit the training points, while the
            boundary closes in on them and the basin of low loss shrinks to a dot. Crosses are points on the
            wrong side; whiskers are the way to the boundary.
          </p>
        }
        status={status.value}
        controls={
          <>
            <PoisonSlider level={level} levels={levels} text={said} />
            <Choice
              label="Points"
              value={shown}
              options={[
                {value: 'train', label: 'Training'},
                {value: 'test', label: 'Test'},
                {value: 'both', label: 'Both'},
              ]}
            />
            <Select
              label="Seed"
              value={seed}
              options={seeds.map((value) => ({value, label: String(value)}))}
            />
          </>
        }
      >
        <div class="dial-stage" data-live={live}>
          {live ? (
            <>
              <p class="dial-headline">
                <strong class="dial-beta">
                  <i>β</i> = {poison(factor)}
                </strong>
                <span>
                  right: <b>{percent(run?.trainAccuracy ?? null)}</b> of training points
                </span>
                <span>
                  <b>{percent(right)}</b> of new points
                </span>
              </p>
              <Panels
                label="Picture"
                panels={[
                  {
                    title: 'Boundary',
                    content: (
                      <div data-seed={view.seed} data-level={view.level} data-detail={view.detail}>
                        <BoundaryCanvas
                          label={`Decision boundary of the network with ${said}`}
                          picture={view.picture}
                          halfWidth={dial.experiment.value?.halfWidth ?? 1}
                          points={view.seed !== seed.value || shown.value === 'test' ? null : points.train}
                          whiskers={view.whiskers}
                          also={others}
                        />
                      </div>
                    ),
                  },
                  {
                    title: 'Basin',
                    content: (
                      <div class="dial-basin">
                        <BasinStar
                          radii={radii}
                          ghost={ghost}
                          reach={data.reach}
                          label="How far the loss stays low in 96 random directions"
                        />
                        <p>{basinWords(radiusOf(factor), radiusOf(levels[0] ?? 0))}</p>
                      </div>
                    ),
                  },
                  {
                    title: `${whole(loaded.runs.length)} networks`,
                    content: (
                      <div class="dial-charts">
                        {quantities.map((quantity) => (
                          <SweepChart
                            key={quantity.name}
                            quantity={quantity}
                            runs={loaded.runs}
                            levels={levels}
                            seed={seed.value}
                            level={level.value}
                            height={CHART_HEIGHT}
                            value={run === undefined ? '–' : quantity.text(quantity.of(run))}
                            onLevel={(at) => {
                              level.value = at;
                            }}
                          />
                        ))}
                      </div>
                    ),
                  },
                ]}
              />
            </>
          ) : (
            children
          )}
        </div>
      </ExplorerFrame>
    </div>
  );
}

/** @param radius mean relative radius of the network that is looked at, and of the one without poison */
function basinWords(radius: number | null | undefined, without: number | null | undefined): string {
  if (radius === undefined || radius === null) return 'Not measured.';
  const times = (without ?? radius) / radius;
  const narrower = times < 1.05 ? '' : `, ${times < 10 ? times.toFixed(1) : Math.round(times)} × narrower`;
  return `Mean relative radius ${significant(radius)}${narrower}`;
}
