/** A bet on a number of any size: how much more room good minima have than bad ones. */
import {useSignal} from '@preact/signals';
import {whole as wholeNumber} from '../../lib/format.ts';
import {useExperiment} from '../data/use-experiment.ts';
import type {BetStage} from '../ui/bet.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {LogBet, betOutcome, useBetValue} from '../ui/log-bet.tsx';
import {LogScale} from '../ui/log-scale.tsx';
import {decadesOfRoom} from './measured.ts';
import './bets.css';

/** Bets go from one power of ten to a hundred thousand. */
const EXPONENTS = {min: 0, max: 5} as const;

export function VolumeBet({experiment: name}: {readonly experiment: string}) {
  const status = useSignal('');
  const experiment = useExperiment(name, status);
  const stage = useSignal<BetStage>('open');
  const exponent = useSignal(1);
  const bet = useBetValue(stage, exponent);
  const decades = experiment.value === null ? Number.NaN : decadesOfRoom(experiment.value);
  const known = Number.isFinite(decades) && decades > 0;
  return (
    <ExplorerFrame
      id="explore-volume-bet"
      title="Bet first: how much more room do good minima have?"
      status={status.value}
      wide={false}
      controls={null}
      hint={
        <p>
          The ratio of the volumes of two basins, good over bad, in relative coordinates, to a loss of 0.5:
          the median over seeds. A decade is a factor of ten, so a hundred decades are a one with a hundred
          zeros; the slider is itself logarithmic, for guesses go wrong by that much.
        </p>
      }
    >
      <div class="bets-stage bets-volume">
        {stage.value === 'open' ? (
          <LogBet
            question="By how many powers of ten (decades) has a good minimum more room than a bad one?"
            label="Your bet"
            stage={stage}
            exponent={exponent}
            {...EXPONENTS}
            step={0.05}
            text={decadesText}
          />
        ) : (
          <>
            <LogScale
              label="Powers of ten by which good minima have more room"
              min={10 ** EXPONENTS.min}
              max={10 ** EXPONENTS.max}
              text={(value) => wholeNumber(value)}
              bet={bet.value}
              measured={known ? decades : undefined}
            />
            <p>
              {known
                ? `Measured: ${decadesText(decades)}. ${bet.value === undefined ? '' : betOutcome(bet.value, decades)}`
                : 'Not measured in these results.'}
            </p>
          </>
        )}
      </div>
    </ExplorerFrame>
  );
}

function decadesText(value: number): string {
  const whole = Math.round(value);
  return `${wholeNumber(whole)} ${whole === 1 ? 'decade' : 'decades'}`;
}
