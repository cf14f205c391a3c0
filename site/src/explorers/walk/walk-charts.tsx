/** The loss along the path of training, and how far from it bad minima lie. */
import {palette} from '@minefield/figures';
import type {ExplorerMines} from '../data/mines.ts';
import {Chart} from '../ui/chart.tsx';
import {Key} from '../ui/key.tsx';
import {shares} from './mine-field.ts';
import type {Find} from './use-walk.ts';

type Path = Pick<ExplorerMines['path'], 'step' | 'trainLoss' | 'testAccuracy'>;

const CHART_HEIGHT = 166;
const LOSSES: readonly [number, number] = [1e-3, 3];
const SHARES: readonly [number, number] = [1e-3, 10];

/** Loss along the path. */
export function WayChart({
  path,
  place,
  onPlace,
}: {
  readonly path: Path;
  readonly place?: number;
  readonly onPlace?: (index: number) => void;
}) {
  const last = path.step.at(-1) ?? 1;
  const step = place === undefined ? undefined : path.step[place];
  const loss = place === undefined ? undefined : path.trainLoss[place];
  return (
    <Chart
      label="Training loss along the path"
      height={CHART_HEIGHT}
      x={{label: 'step of training', domain: [0, last], ticks: [0, last / 2, last]}}
      y={{label: 'training loss (xent)', domain: LOSSES, scale: 'log', ticks: [1e-3, 1e-2, 0.1, 1]}}
      series={[
        {
          name: 'path',
          colour: palette.clean,
          kind: 'line',
          points: path.step.map((at, i) => [at, path.trainLoss[i] ?? Number.NaN] as const),
        },
      ]}
      cursor={step}
      marks={step === undefined || loss === undefined ? [] : [{x: step, y: loss, colour: palette.clean}]}
      onCursor={
        onPlace === undefined
          ? undefined
          : (x) => {
              onPlace(nearest(path.step, x));
            }
      }
    />
  );
}

interface DistanceProps {
  readonly mines: ExplorerMines;
  readonly place: number;
  readonly lengths: readonly number[];
  readonly finds: readonly Find[];
  /** What the reader bet, if anything. */
  readonly bet: number | undefined;
}

/** How far each search ended from where it set out, in lengths of the weights there. */
export function DistanceChart({mines, place, lengths, finds, bet}: DistanceProps) {
  const {step} = mines.path;
  const last = step.at(-1) ?? 1;
  const recorded = shares(mines, lengths);
  const dots = (bad: boolean): readonly (readonly [number, number])[] =>
    recorded.filter((one) => one.bad === bad).map(({step: at, share}) => [at, share] as const);
  return (
    <>
      <Chart
        label="Distance of the minima that were found from where their searches set out"
        height={CHART_HEIGHT}
        x={{label: 'step that the search set out from', domain: [0, last], ticks: [0, last / 2, last]}}
        y={{
          label: 'distance ÷ length of the weights',
          domain: SHARES,
          scale: 'log',
          ticks: [1e-3, 1e-2, 0.1, 1, 10],
        }}
        series={[
          {
            name: 'bad',
            colour: palette.poisoned,
            kind: 'dots',
            radius: 2.2,
            opacity: 0.8,
            points: dots(true),
          },
          {name: 'none', colour: palette.between, kind: 'dots', radius: 2.2, points: dots(false)},
        ]}
        cursor={step[place]}
        marks={finds.map(({from, share}) => ({
          x: step[from] ?? 0,
          y: Math.max(SHARES[0], share),
          colour: palette.error,
        }))}
        rules={bet === undefined ? [] : [{y: bet, label: `you bet ${shareText(bet)}`}]}
      />
      <Key
        entries={[
          {name: 'bad minimum', colour: palette.poisoned, mark: 'dot'},
          {name: 'none found', colour: palette.between, mark: 'dot'},
          {name: 'yours', colour: palette.error, mark: 'dot'},
        ]}
      />
    </>
  );
}

/** Such as `0.3 ×`. */
export function shareText(share: number): string {
  return `${Number(share.toPrecision(share < 1 ? 1 : 2))} ×`;
}

function nearest(steps: readonly number[], x: number): number {
  return steps.reduce(
    (best, step, i) => (Math.abs(step - x) < Math.abs((steps[best] ?? Infinity) - x) ? i : best),
    0,
  );
}
