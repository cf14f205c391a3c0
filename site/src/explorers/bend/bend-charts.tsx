/** Loss and accuracies along a straight line and along a bend. */
import {palette} from '@minefield/figures';
import {Chart, type Series} from '../ui/chart.tsx';
import {Key} from '../ui/key.tsx';

export interface Along {
  readonly trainLoss: readonly (number | null)[];
  readonly trainAccuracy: readonly number[];
  readonly testAccuracy: readonly number[];
}

/** What is seen at the cursor. */
export interface AtCursor {
  readonly loss: number;
  readonly train: number;
  readonly test: number;
}

interface Props {
  readonly positions: readonly number[];
  readonly line: Along | null;
  readonly bend: Along | null;
  readonly cursor?: number | undefined;
  readonly atLine?: AtCursor | undefined;
  readonly atBend?: AtCursor | undefined;
  readonly onCursor?: ((position: number) => void) | undefined;
}

const pathColours = {line: palette.error, bend: palette.clean} as const;

const LOSSES: readonly [number, number] = [1e-6, 20];
const HEIGHT = 168;

export function BendCharts({positions, line, bend, cursor, atLine, atBend, onCursor}: Props) {
  const paths = [
    {name: 'straight', along: line, at: atLine, colour: pathColours.line},
    {name: 'bend', along: bend, at: atBend, colour: pathColours.bend},
  ];
  const curve = (
    name: string,
    values: readonly (number | null)[],
    colour: string,
    dash?: string,
  ): Series => ({
    name,
    colour,
    kind: 'line',
    points: positions.map((t, i) => [t, values[i] ?? Number.NaN] as const),
    ...(dash !== undefined && {dash}),
  });
  const x = {
    label: 'position: 0 bad, 1 good',
    domain: [0, 1] as const,
    ticks: [0, 0.25, 0.5, 0.75, 1],
  };
  const marked = paths.flatMap(({at, colour}) => (at === undefined ? [] : [{at, colour}]));
  const place = cursor ?? 0;
  return (
    <div class="bend-charts">
      <Chart
        label="Training loss along both paths"
        height={HEIGHT}
        x={x}
        y={{label: 'training loss (xent)', domain: LOSSES, scale: 'log', ticks: [1e-6, 1e-4, 1e-2, 1]}}
        series={paths.flatMap(({name, along, colour}) =>
          along === null
            ? []
            : [
                curve(
                  name,
                  along.trainLoss.map((loss) => Math.max(LOSSES[0], loss ?? Infinity)),
                  colour,
                ),
              ],
        )}
        cursor={cursor}
        marks={marked.map(({at, colour}) => ({x: place, y: Math.max(LOSSES[0], at.loss), colour}))}
        onCursor={onCursor}
      />
      <Chart
        label="Accuracies along both paths"
        height={HEIGHT}
        x={x}
        y={{
          label: 'accuracy (acc)',
          domain: [0, 1],
          ticks: [0, 0.5, 1],
          format: (share) => `${100 * share}%`,
        }}
        series={paths.flatMap(({name, along, colour}) =>
          along === null
            ? []
            : [
                curve(`${name}, train`, along.trainAccuracy, colour),
                curve(`${name}, test`, along.testAccuracy, colour, '4 3'),
              ],
        )}
        cursor={cursor}
        marks={marked.map(({at, colour}) => ({x: place, y: at.test, colour}))}
        onCursor={onCursor}
      />
      <Key
        entries={[
          {name: 'straight', colour: pathColours.line},
          {name: 'bend', colour: pathColours.bend},
          {name: 'train', colour: 'currentColor'},
          {name: 'test', colour: 'currentColor', dash: '4 3'},
        ]}
      />
    </div>
  );
}
