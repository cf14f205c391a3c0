/** Test points of the plane: a matrix of who is right at which poison, the plane, and a table. */
import {poison} from '../../../lib/format.ts';
import {useSignal, useSignalEffect} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import {halfWidthAround} from '../../data/points.ts';
import {wholeCodec, wordCodec} from '../../state/codecs.ts';
import {useUrlState} from '../../state/url-state.ts';
import {BoundaryCanvas} from '../../ui/boundary-canvas.tsx';
import {ExplorerFrame} from '../../ui/explorer-frame.tsx';
import {Panels} from '../../ui/panels.tsx';
import {Range} from '../../ui/range.tsx';
import {Readouts} from '../../ui/readouts.tsx';
import {Select} from '../../ui/select.tsx';
import type {PlaneExamples} from '../data/lab-file.ts';
import {percent, significant} from '../format.ts';
import {type Asked, ownOdds, SIZE, useAsked, useAtLevel} from './asked.ts';
import {PointMatrix} from './point-matrix.tsx';
import {PointTable} from './point-table.tsx';

interface Props {
  readonly sets: readonly PlaneExamples[];
}

export function PointExamples({sets}: Props) {
  const names = sets.map(({experiment}) => experiment);
  const first = names.includes('toy') ? 'toy' : (names[0] ?? '');
  const last = Math.max(0, (sets.find(({experiment}) => experiment === first)?.levels.length ?? 1) - 1);
  const name = useUrlState('lab.points', first, wordCodec(names));
  const seed = useUrlState('lab.points.seed', 1, wholeCodec(0, Number.MAX_SAFE_INTEGER));
  const level = useUrlState('lab.points.level', last, wholeCodec(0, 1000));
  const place = useUrlState('lab.points.place', 0, wholeCodec(0, 1_000_000));
  const fault = useSignal('');
  // Before anybody touches it, records say enough, and no engine starts.
  const touched = useSignal(false);
  useSignalEffect(() => {
    if (level.value !== last || place.value !== 0 || seed.value !== 1 || name.value !== first)
      touched.value = true;
  });
  const set = sets.find(({experiment}) => experiment === name.value) ?? sets[0];
  const seeds = set?.seeds ?? [];
  const ofSeed = seeds.includes(seed.value) ? seed.value : (seeds[0] ?? 1);
  const levels = set?.levels ?? [];
  const row = Math.min(level.value, Math.max(0, levels.length - 1));
  const asked = useAsked(set, ofSeed, fault).value;
  const halfWidth = useMemo(
    () => (asked === null ? 1 : halfWidthAround(asked.points.train.inputs, asked.points.test.inputs)),
    [asked?.points],
  );
  const at = useAtLevel(asked, ofSeed, levels[row], halfWidth, touched.value, fault).value;
  const order = useMemo(() => (asked === null ? [] : easiestFirst(asked)), [asked]);
  const column = Math.min(place.value, Math.max(0, order.length - 1));
  const point = order[column] ?? 0;
  const flags = asked?.right[row] ?? null;
  const picture =
    asked === null
      ? null
      : at !== null
        ? {logits: at.logits, size: SIZE, atPoints: at.odds}
        : flags === null
          ? null
          : {logits: new Float32Array(), size: 0, atPoints: signsOf(asked, flags)};
  const rightAt = asked?.right.filter((known) => known?.[point] === 1).length ?? 0;
  const known = asked?.right.filter((one) => one !== null).length ?? 0;
  const choose = (x: number, y: number): void => {
    [place.value, level.value] = [x, y];
  };
  return (
    <>
      <ExplorerFrame
        id="lab-points"
        title="Who gets which test point right"
        wide={false}
        status={
          fault.value ||
          (asked !== null && known < levels.length
            ? `Asking the networks: ${known} of ${levels.length}.`
            : '')
        }
        hint={
          <p>
            Each column is a test point, those that most networks get right on the left; each row is a level
            of poison, where pink is wrong. Drag over it, or move the sliders. Look at the step from the first
            row to the second: that much is lost to hardly any poison at all.
          </p>
        }
        controls={
          <>
            {names.length > 1 && (
              <Select
                label="Experiment"
                value={name}
                options={names.map((one) => ({value: one, label: one}))}
              />
            )}
            {seeds.length > 1 && (
              <Select
                label="Seed"
                value={seed}
                options={seeds.map((one) => ({value: one, label: String(one)}))}
              />
            )}
            {levels.length > 1 && (
              <Range
                label="Poison"
                value={level}
                min={0}
                max={levels.length - 1}
                text={(i) => `β = ${poison(levels[i] ?? null)}`}
              />
            )}
            <Range
              label="Test point"
              value={place}
              min={0}
              max={Math.max(1, order.length - 1)}
              text={(i) => `${i + 1} of ${order.length}`}
            />
          </>
        }
      >
        <Panels
          label="Panel"
          panels={[
            {
              title: 'Points and levels',
              content: (
                <PointMatrix
                  label={`Which of ${order.length} test points are right at ${levels.length} levels of poison; the table below has the same.`}
                  levels={levels}
                  right={asked?.right ?? []}
                  order={order}
                  column={column}
                  row={row}
                  onChoose={choose}
                />
              ),
            },
            {
              title: 'The plane',
              content: (
                <BoundaryCanvas
                  label={`Test points at β = ${levels[row]}: those that the network gets wrong are crossed, the chosen one is ringed`}
                  picture={picture}
                  halfWidth={halfWidth}
                  points={asked?.points.test ?? null}
                  ringed={Uint8Array.from(order, (_, i) => Number(i === point))}
                />
              ),
            },
          ]}
        />
        <Readouts
          items={[
            {name: 'test points right', value: flags === null ? '–' : percent(mean(flags))},
            {name: 'this point is right at', value: `${rightAt} of ${levels.length} levels`},
            {name: 'here', value: flags === null ? '–' : flags[point] === 1 ? 'right' : 'wrong'},
            {
              name: 'log-odds of its class',
              value: at === null || asked === null ? '–' : significant(ownOdds(asked, at.odds, point)),
            },
            {
              name: 'distance to the boundary',
              value: at === null ? '–' : significant(at.margins[point] ?? 0),
            },
          ]}
        />
      </ExplorerFrame>
      {asked !== null && (
        <PointTable
          asked={asked}
          row={row}
          at={at}
          chosen={point}
          onChoose={(index) => choose(order.indexOf(index), row)}
        />
      )}
    </>
  );
}

/** Points by how many networks get them right. */
function easiestFirst({right, points}: Asked): readonly number[] {
  const count = (point: number): number => right.reduce((sum, flags) => sum + (flags?.[point] ?? 0), 0);
  return Array.from(points.test.labels, (_, i) => i).toSorted((a, b) => count(b) - count(a) || a - b);
}

/** Log-odds of no particular size on the right side or the wrong one. */
function signsOf({points}: Asked, flags: Uint8Array): Float32Array {
  return Float32Array.from(points.test.labels, (label, i) => ((flags[i] === 1) === (label === 1) ? 1 : -1));
}

function mean(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
}
