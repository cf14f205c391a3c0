/** The dimension lever: what a small difference in radius does to a volume, and how an estimate misses it. */
import {useComputed} from '@preact/signals';
import {placeCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {BowlRace} from './bowl-race.tsx';
import {BallsPicture, VolumesPicture, ZerosRuler} from './lever-pictures.tsx';
import {
  DIMENSIONS,
  type LeverPreset,
  PAPER,
  RATIOS,
  chanceInWords,
  decadesOf,
  dimensionAt,
  factorOf,
  oddsOf,
  placeOfDimension,
  placeOfRatio,
  ratioAt,
  ratioOf,
  whole,
} from './lever.ts';
import './dimension.css';

const dimensionCodec = placeCodec(DIMENSIONS, placeOfDimension, dimensionAt, 6);
const ratioCodec = placeCodec(RATIOS, placeOfRatio, ratioAt, 5);

export function Dimension({presets}: {readonly presets: readonly LeverPreset[]}) {
  return (
    <>
      <Lever presets={presets} />
      <BowlRace />
    </>
  );
}

function Lever({presets}: {readonly presets: readonly LeverPreset[]}) {
  const dimensionPlace = useUrlState('lever.n', placeOfDimension(100), dimensionCodec);
  const ratioPlace = useUrlState('lever.ratio', placeOfRatio(1.1), ratioCodec);
  const dimension = useComputed(() => dimensionAt(dimensionPlace.value)).value;
  const ratio = useComputed(() => ratioAt(ratioPlace.value)).value;
  const decades = decadesOf(dimension, ratio);
  const choices = [
    ...presets.map((preset) => ({name: preset.name, dimension: preset.dimension, ratio: ratioOf(preset)})),
    PAPER,
  ];
  return (
    <ExplorerFrame
      id="explore-dimension"
      title="The dimension lever"
      hint={
        <>
          <p>
            Set both radii nearly alike, say 1.05, and pull the dimension up from 2. The balls stay as they
            are, and the smaller volume is gone: each dimension multiplies the ratio once more. The buttons
            set what was measured: weights that move, and the ratio of mean radii (geometric ones, at a loss
            of 0.5) of good over bad minima; for ResNet-20 the ratio that the paper’s 10<sup>10,000</sup> asks
            for.
          </p>
          <p>
            The ruler is logarithmic in the <em>zeros</em>: a mark further up, the ratio has ten times as
            many.
          </p>
        </>
      }
      controls={
        <>
          <Range
            label="Dimension n"
            value={dimensionPlace}
            min={0}
            max={DIMENSIONS.places}
            text={(place) => `n = ${whole(dimensionAt(place))}`}
          />
          <Range
            label="Ratio of radii"
            value={ratioPlace}
            min={0}
            max={RATIOS.places}
            text={(place) => `× ${textOf(ratioAt(place))}`}
          />
          <div class="explorer-buttons lever-presets" role="group" aria-label="Measured minima">
            {choices.map((choice) => (
              <button
                key={choice.name}
                type="button"
                class="explorer-button"
                aria-pressed={dimension === choice.dimension && Math.abs(ratio / choice.ratio - 1) < 1e-6}
                onClick={() => {
                  dimensionPlace.value = placeOfDimension(choice.dimension);
                  ratioPlace.value = placeOfRatio(choice.ratio);
                }}
              >
                {choice.name}
              </button>
            ))}
          </div>
        </>
      }
    >
      <Panels
        label="What is shown"
        panels={[
          {
            title: 'Radii and volumes',
            content: (
              <>
                <div class="lever-squares">
                  <figure>
                    <BallsPicture ratio={ratio} />
                    <figcaption>radii, as they are</figcaption>
                  </figure>
                  <figure>
                    <VolumesPicture decades={decades} />
                    <figcaption>volumes, as areas</figcaption>
                  </figure>
                </div>
                <p class="lever-sentence">{chanceInWords(decades)}</p>
              </>
            ),
          },
          {title: 'Zeros', content: <ZerosRuler decades={decades} />},
        ]}
      />
      <Readouts
        items={[
          {name: 'ratio of volumes', value: factorOf(decades)},
          {name: 'in decades', value: decades < 100 ? decades.toPrecision(3) : whole(decades)},
          {name: 'a random hit is the smaller one', value: oddsOf(decades)},
        ]}
      />
    </ExplorerFrame>
  );
}

/** As many digits as tell it from 1. */
function textOf(ratio: number): string {
  return ratio < 1.0995 ? ratio.toFixed(4) : ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1);
}
