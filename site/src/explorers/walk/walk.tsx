/** Walk the minefield: the path of ordinary training, and the bad minima that a search finds from any point of it. */
import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {whole} from '../../lib/format.ts';
import {percentage, shortNumber} from '../data/format.ts';
import type {ExplorerMines} from '../data/mines.ts';
import type {BetStage} from '../ui/bet.tsx';
import {BoundaryCanvas} from '../ui/boundary-canvas.tsx';
import {Choice} from '../ui/choice.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {LiveStage} from '../ui/live-stage.tsx';
import {LogBet, betOutcome, useBetValue} from '../ui/log-bet.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {shares} from './mine-field.ts';
import {MineMap} from './mine-map.tsx';
import {type Find, HALF_WIDTH, type WalkState, useWalk} from './use-walk.ts';
import {DistanceChart, WayChart, shareText} from './walk-charts.tsx';
import './walk.css';

interface Props {
  readonly experiment: string;
  /** Points of the path. */
  readonly points: number;
  /** What stands there without a script. */
  readonly children?: ComponentChildren;
}

export function Walk({experiment, points, children}: Props) {
  const state = useWalk(experiment);
  const {mines, place, kind, shown, walking, seeking, lengths, finds, seen, splits, walk, seek, goTo} = state;
  const stage = useSignal<BetStage>('open');
  const exponent = useSignal(-1);
  const bet = useBetValue(stage, exponent);
  const loaded = mines.value;
  const step = loaded?.path.step[place.value];
  const find = finds.value.get(place.value);
  const known = place.value < lengths.value.length;
  const stepText = step === undefined ? '' : `step ${whole(step)}`;
  const looking = shown.value === 'find' && find !== undefined ? 'find' : 'path';
  return (
    <ExplorerFrame
      id="explore-walk"
      title="Walk the minefield"
      status={story(state, bet.value)}
      hint={
        <>
          <p>
            <em>Walk</em> retraces one ordinary training in your browser, bit for bit, from its random start
            to its end. Stop anywhere (slide, or touch the map) and <em>seek</em> a bad minimum from there, by
            a training that is paid to fail on unseen points: most often it finds one. The boundary breaks at
            first, and then mends around the training points alone, while the arms of the spiral between them
            are lost. Compare how far the bad minimum lies with how far its basin reaches.
          </p>
          <p>
            The map flattens the space of the weights by principal components and t-SNE, which keep neighbours
            together; distances mean little on it, so they have a chart of their own. Radii are relative
            radii, to a loss of 0.5: weights move in units of their own filter’s length.
          </p>
        </>
      }
      controls={
        <>
          <PathRange points={points} state={state} text={stepText} />
          <div class="explorer-buttons">
            <button
              type="button"
              class="explorer-button walk-go"
              data-primary={!known || walking.value ? true : undefined}
              disabled={loaded === null}
              onClick={walk}
            >
              {walking.value ? 'Stop' : lengths.value.length === 0 ? 'Walk' : 'Walk again'}
            </button>
            <button
              type="button"
              class="explorer-button walk-seek"
              data-primary={known && !walking.value ? true : undefined}
              disabled={!known || walking.value}
              onClick={seek}
            >
              {seeking.value ? 'Stop seeking' : 'Seek from here'}
            </button>
          </div>
          <Choice
            label="Shown"
            value={shown}
            options={[
              {value: 'path', label: 'the path'},
              {value: 'find', label: 'what was found'},
            ]}
          />
          <Choice
            label="Search"
            value={kind}
            options={[
              {value: 'full', label: 'as recorded'},
              {value: 'short', label: 'short'},
            ]}
          />
        </>
      }
    >
      <LiveStage live={loaded !== null} still={children}>
        <Panels
          label="What is shown"
          panels={[
            {
              title: 'Boundary',
              content: (
                <>
                  <div class="walk-plane">
                    <BoundaryCanvas
                      label={`Boundary ${looking === 'find' ? 'of what was found from' : 'at'} ${stepText}`}
                      picture={known || looking === 'find' ? (seen.value?.picture ?? null) : null}
                      halfWidth={HALF_WIDTH}
                      points={splits.value?.train ?? null}
                    />
                    <p class="walk-tag">{tag(looking, find, stepText, known)}</p>
                  </div>
                  <Readouts
                    items={known || looking === 'find' ? outcome(state) : recorded(loaded, place.value)}
                  />
                </>
              ),
            },
            {
              title: 'Map',
              content:
                loaded === null ? (
                  <div class="explorer-plane" />
                ) : (
                  <>
                    <MineMap
                      mines={loaded}
                      place={place.value}
                      found={[...finds.value.values()].flatMap(({from, done, kind: sought}) =>
                        done && sought === 'full' ? [from] : [],
                      )}
                      onPick={goTo}
                    />
                    <Readouts items={mineNumbers(find)} />
                  </>
                ),
            },
            {
              title: 'Along the path',
              content:
                loaded === null ? null : (
                  <div class="walk-charts">
                    <WayChart path={loaded.path} place={place.value} onPlace={goTo} />
                    <div class="walk-distances">
                      {stage.value === 'open' ? (
                        <LogBet
                          question="How near is the nearest bad minimum? 1 × is as far as the weights are long."
                          label="Your bet"
                          stage={stage}
                          exponent={exponent}
                          min={-3}
                          max={1}
                          text={shareText}
                        />
                      ) : (
                        <DistanceChart
                          mines={loaded}
                          place={place.value}
                          lengths={lengths.value}
                          finds={[...finds.value.values()]}
                          bet={bet.value}
                        />
                      )}
                    </div>
                  </div>
                ),
            },
          ]}
        />
      </LiveStage>
    </ExplorerFrame>
  );
}

/** The slider of the path; a reader who moves it is no longer taken along. */
function PathRange({
  points,
  state: {place, goTo},
  text,
}: {
  readonly points: number;
  readonly state: WalkState;
  readonly text: string;
}) {
  const moved = {
    get value(): number {
      return place.value;
    },
    set value(index: number) {
      goTo(index);
    },
  } as WalkState['place'];
  return <Range label="Place on the path" value={moved} min={0} max={points - 1} text={() => text} />;
}

function tag(looking: 'path' | 'find', find: Find | undefined, stepText: string, known: boolean): string {
  if (looking === 'find' && find !== undefined) {
    return find.done
      ? `found from ${stepText}`
      : `seeking: ${whole(find.step)} of ${whole(find.steps)} steps`;
  }
  return known ? stepText : 'Walk, to see the boundary';
}

function outcome({seen}: WalkState) {
  const now = seen.value;
  return [
    {name: 'loss', alias: 'xent', value: now === null ? '–' : shortNumber(now.train.loss)},
    {name: 'train', alias: 'acc', value: now === null ? '–' : percentage(now.train.accuracy)},
    {name: 'test', alias: 'acc', value: now === null ? '–' : percentage(now.test.accuracy)},
  ];
}

/** What the record says of a point of the path that was not retraced yet. */
function recorded(mines: ExplorerMines | null, place: number) {
  const path = mines?.path;
  return [
    {name: 'loss', alias: 'xent', value: shortNumber(path?.trainLoss[place] ?? Number.NaN)},
    {name: 'train', alias: 'acc', value: percentage(path?.trainAccuracy[place] ?? Number.NaN)},
    {name: 'test', alias: 'acc', value: percentage(path?.testAccuracy[place] ?? Number.NaN)},
  ];
}

function mineNumbers(find: Find | undefined) {
  const radius = (value: number | null | undefined): string =>
    value === null ? 'none' : value === undefined ? '–' : shortNumber(value);
  return [
    {name: 'distance', value: find === undefined ? '–' : `${shortNumber(find.share)} ×`},
    {name: 'its radius', value: radius(find?.radius)},
    {name: 'radius here', value: radius(find?.startRadius)},
  ];
}

/** How a bet has come out, what was found, or what is going on. */
function story(
  {status, walking, seeking, lengths, mines, finds, place}: WalkState,
  bet: number | undefined,
): string {
  const loaded = mines.value;
  if (loaded === null) return status.value;
  if (walking.value) {
    const done = loaded.path.step[lengths.value.length - 1] ?? 0;
    return `Retracing the training: ${whole(done)} of ${whole(loaded.path.step.at(-1) ?? 0)} steps.`;
  }
  const find = finds.value.get(place.value);
  if (find !== undefined && !seeking.value && find.done) return found(find, loaded, place.value);
  if (bet !== undefined && lengths.value.length > 0 && !seeking.value) {
    const near = Math.min(...shares(loaded, lengths.value).flatMap(({share, bad}) => (bad ? [share] : [])));
    if (Number.isFinite(near)) {
      return `The nearest bad minimum on record lies ${shareText(near)} the weights’ length away: ${betOutcome(bet, near)}`;
    }
  }
  return status.value;
}

function found(find: Find, {path, minima}: ExplorerMines, place: number): string {
  const times =
    typeof find.radius === 'number' && find.dimension !== undefined
      ? ` Its basin reaches ${shortNumber(find.radius / Math.sqrt(find.dimension))} × that length: it is ` +
        `${whole((find.share * Math.sqrt(find.dimension)) / find.radius)} radii away.`
      : '';
  const k = minima.start.indexOf(path.step[place] ?? Number.NaN);
  const same =
    find.kind === 'full' && k >= 0 && Number(find.distance.toPrecision(7)) === minima.distance[k]
      ? ' The record has the same one, digit for digit.'
      : '';
  const what = find.bad === false ? 'Found, though not bad enough to count,' : 'Found a bad minimum';
  return `${what} ${shortNumber(find.share)} × the weights’ length away.${times}${same}`;
}
