import {checkOptions} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {poisonColour} from './palette.ts';
import {poisonPosition} from './poison-scale.ts';
import {poisonLabel} from './series.ts';

type Llc = AnalysisOf<'llc'>;

/**
 * What each Langevin chain about a minimum saw: n/ln n times the rise of the loss, block by block, a line for each chain.
 * Chains that have forgotten where they began run level and through each other.
 *
 * @throws {NothingToDrawError} without a record, or where no chain saw a finite loss.
 */
export function langevinTraces(records: readonly Llc[], options: FigureOptions = {}): FigureSpec {
  checkOptions('langevinTraces', options, {title: true});
  requireSome(records, 'langevinTraces', 'llc analysis', 'analyse a run first');
  const seen = records.flatMap(({data}) =>
    data.chains.flatMap(({trace}) => trace.filter((value) => value !== null)),
  );
  requireSome(seen, 'langevinTraces', 'finite loss on a chain', 'take smaller steps');
  const {title = 'The loss along Langevin chains'} = options;
  const domain = [Math.min(0, brief(Math.min(...seen))), brief(1.05 * Math.max(...seen))];
  const position = poisonPosition(records.map(({poisonFactor}) => poisonFactor));
  const means = records.map(
    ({poisonFactor, data}) =>
      `${poisonLabel(poisonFactor)}: ${data.learningCoefficient === null ? 'none' : inWords(data.learningCoefficient)}`,
  );
  return figure({
    title,
    description: `Rise of the loss along Langevin chains about ${records.length === 1 ? 'a minimum' : `${records.length} minima`}, in units of the learning coefficient. Mean over the chains of ${means.join('; of ')}.`,
    panels: records.map((record) => panel(record, domain, poisonColour(position(record.poisonFactor)))),
    layout: {minimumPanelWidth: 230, maximumPanelWidth: 480, aspect: 0.62},
  });
}

function panel({poisonFactor, data}: Llc, domain: readonly number[], colour: string): View {
  const {chains, learningCoefficient, chainSpread} = data;
  const values = chains.map(({trace}, chain) => ({
    chain: chain + 1,
    share: trace.map((_, i) => brief((i + 0.5) / trace.length)),
    rise: trace.map((value) => brief(value)),
  }));
  const x = {
    type: 'quantitative',
    title: 'Share of the draws',
    scale: {domain: [0, 1], nice: false},
    axis: {format: '.0%', values: [0, 0.5, 1]},
  };
  const y = {type: 'quantitative', title: 'nβ (L − L*)', scale: {domain, nice: 5}};
  const tooltip = [
    {field: 'chain', title: 'chain'},
    {field: 'share', title: 'share of the draws', format: '.0%'},
    {field: 'rise', title: 'nβ (L − L*)', format: '.3~g'},
  ];
  const note =
    learningCoefficient === null
      ? 'a chain diverged: no coefficient'
      : `λ̂ = ${inWords(learningCoefficient)}${chainSpread === null ? '' : `, ± ${inWords(chainSpread)} between chains`}`;
  return {
    title: panelTitle(poisonLabel(poisonFactor), note),
    layer: [
      {
        data: {values},
        transform: [{flatten: ['share', 'rise']}],
        mark: {type: 'line', strokeWidth: 1.3, opacity: 0.65, color: colour},
        encoding: {
          x: {...x, field: 'share'},
          y: {...y, field: 'rise'},
          detail: {field: 'chain'},
          tooltip,
        },
      },
      {
        data: {values: learningCoefficient === null ? [] : [{rise: brief(learningCoefficient)}]},
        mark: {type: 'rule', style: 'reference', tooltip: null},
        encoding: {y: {...y, field: 'rise'}},
      },
    ],
  };
}
