/** A bet on a curve: how the margin goes with the poison. */
import {palette} from '@minefield/figures';
import {useSignal} from '@preact/signals';
import {shortNumber} from '../data/format.ts';
import {useExperiment} from '../data/use-experiment.ts';
import type {BetStage} from '../ui/bet.tsx';
import {CurveBet} from '../ui/curve-bet.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Key} from '../ui/key.tsx';
import {medians} from './measured.ts';
import './bets.css';

interface Props {
  readonly experiment: string;
  /** Levels of poison, rising. */
  readonly levels: readonly number[];
}

/** Places on which a reader says something. */
const PLACES = 7;

export function MarginBet({experiment: name, levels}: Props) {
  const status = useSignal('');
  const experiment = useExperiment(name, status);
  const last = levels.length - 1;
  const count = Math.min(PLACES, levels.length);
  const xs = Array.from({length: count}, (_, i) => Math.round((i * last) / Math.max(1, count - 1)));
  const stage = useSignal<BetStage>('open');
  const drawn = useSignal<readonly (number | null)[]>(xs.map(() => null));
  const loaded = experiment.value;
  const measured = loaded === null ? [] : medians(loaded, ({meanMargin}) => meanMargin);
  const highest = Math.max(1, ...(loaded?.runs.map(({meanMargin}) => meanMargin ?? 0) ?? []));
  const ticks = [...new Set([0, Math.round(last / 2), last])];
  return (
    <ExplorerFrame
      id="explore-margin-bet"
      title="Bet first: how does the margin go with the poison?"
      status={status.value}
      wide={false}
      controls={null}
      hint={
        <p>
          The margin is the mean distance of the training points from the boundary. Draw over the axes how it
          goes from no poison (left) to the most (right), by mouse or finger, or with the tab and arrow keys;
          then bet, and see what was measured.
        </p>
      }
    >
      <div class="bets-stage">
        <CurveBet
          question="Draw it first, then bet."
          label="Mean margin against poison: your bet, and what was measured"
          stage={stage}
          x={{
            label: 'poison β',
            domain: [0, Math.max(1, last)],
            ticks,
            format: (index) => String(Number((levels[index] ?? 0).toPrecision(2))),
          }}
          y={{label: 'mean margin (units of the inputs)', domain: [0, Math.ceil(highest * 1.15)]}}
          xs={xs}
          drawn={drawn}
          measured={[
            {
              name: 'seeds',
              colour: palette.clean,
              kind: 'dots',
              radius: 2.2,
              opacity: 0.55,
              points:
                loaded?.runs.flatMap(({poisonFactor, meanMargin}) =>
                  meanMargin === null ? [] : [[levels.indexOf(poisonFactor), meanMargin] as const],
                ) ?? [],
            },
            {
              name: 'median',
              colour: palette.clean,
              kind: 'line',
              points: measured.map((value, index) => [index, value] as const),
            },
          ]}
          colour={palette.poisoned}
          height={260}
          placeText={(index) => `Margin at β = ${levels[index] ?? 0}`}
          valueText={shortNumber}
        />
        {stage.value !== 'open' && (
          <Key
            entries={[
              {name: 'your bet', colour: palette.poisoned, dash: '5 4'},
              {name: 'measured: median', colour: palette.clean},
              {name: 'every seed', colour: palette.clean, mark: 'dot'},
            ]}
          />
        )}
      </div>
    </ExplorerFrame>
  );
}
