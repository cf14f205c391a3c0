/** Every figure of the site, made from the records. */
import {
  basinProfiles,
  connectingPaths,
  curvatureAgainstPoison,
  decisionBoundary,
  type FigureSpec,
  generalizationGap,
  langevinTraces,
  learningCoefficientAgainstPoison,
  learningCurves,
  lineScan,
  lossSurface,
  lossTrajectory,
  marginAgainstPoison,
  matchedLoss,
  minefieldMap,
  linearAgainstNetwork,
  moreData,
  radiusHistogram,
  spectralDensity,
  speedRatios,
  trainedOtherwise,
  volumeAgainstGap,
  volumeConvergence,
} from '@minefield/figures';
import type {AnalysisName, AnalysisOf, RunRecord} from '@minefield/results';
import type {Benchmark} from './benchmarks.ts';
import {type SiteFigure, drawn} from './drawn.ts';
import {endsOf} from './ends.ts';
import type {Experiment} from './load-results.ts';
import {mapFigure, mapOf} from './minefield-maps.ts';
import {pictureExperiments} from './picture-experiments.ts';
import {isOnThePlane, storyExperiment} from './plane-experiments.ts';
import {runFigure} from './runs.ts';
import {siteData} from './site-data.ts';

/** The caption stands below a figure and says what a heading would. */
const untitled = {title: ''};

type Figures = ReadonlyMap<string, SiteFigure>;

/** By its name; undefined where nothing was measured for it. */
export async function figureOf(id: string): Promise<SiteFigure | undefined> {
  const run = /-([0-9a-f]{16})(?:-.*)?$/.exec(id)?.[1];
  return (run === undefined ? await (common ??= commonFigures()) : await figuresOfOneRun(run)).get(id);
}

/** All that can be drawn from the records. */
export async function allFigures(): Promise<readonly SiteFigure[]> {
  const {experiments} = await siteData();
  const ofRuns = experiments.flatMap((experiment) =>
    experiment.records.runs().flatMap((run) => figuresOfRun(experiment, run)),
  );
  return [...(await (common ??= commonFigures())).values(), ...ofRuns];
}

let common: Promise<Figures> | undefined;

/** All but those of single runs, of which there are thousands. */
async function commonFigures(): Promise<Figures> {
  const {experiments, benchmarks} = await siteData();
  const told = storyExperiment(experiments);
  const onPictures = new Set(pictureExperiments(experiments).map(({experiment}) => experiment));
  const made = experiments.flatMap((experiment) => [
    ...(experiment === told ? planeFigures(experiment, '') : []),
    ...(experiment !== told && isOnThePlane(experiment) ? otherPlaneFigures(experiment) : []),
    ...(onPictures.has(experiment) ? pictureFigures(experiment) : []),
    ...mapsOf(experiment),
  ]);
  const measured = benchmarks.flatMap((benchmark) => {
    const compared = benchmark.rows.flatMap(({name, peerName, ratio, target}) =>
      ratio === null || peerName === null ? [] : [{name, peerName, ratio, target}],
    );
    return drawn(benchmarkFigure(benchmark), () => speedRatios(compared, untitled));
  });
  return byName([...made, ...measured]);
}

let lastRun: {readonly run: string; readonly figures: Promise<Figures>} | undefined;

/** A page asks for all figures of its run, one after another. @param run first digits of its identity */
function figuresOfOneRun(run: string): Promise<Figures> {
  if (lastRun?.run !== run) lastRun = {run, figures: make()};
  return lastRun.figures;

  async function make(): Promise<Figures> {
    const {experiments} = await siteData();
    return byName(
      experiments.flatMap((experiment) =>
        experiment.records
          .runs()
          .filter(({identity}) => identity.startsWith(run))
          .flatMap((found) => figuresOfRun(experiment, found)),
      ),
    );
  }
}

function byName(figures: readonly SiteFigure[]): Figures {
  return new Map(figures.map((figure) => [figure.id, figure]));
}

/** Name of the figure of a benchmark's document. */
export function benchmarkFigure({file}: Benchmark): string {
  return `speed-${file.replace(/\.json$/, '')}`;
}

/** What is set against the poison factor, or against the gap that it makes. */
const AGAINST_POISON: ReadonlySet<string> = new Set([
  'gap',
  'margin',
  'curvature',
  'llc',
  'volume',
  'volume-stable',
  'volume-stretched',
]);

/** Weights that directions move, which make distances along lines relative. */
function weightsOf([run]: readonly RunRecord[]): {readonly weights?: number} {
  return run === undefined ? {} : {weights: run.model.weights};
}

/** Draws a figure of an experiment by its name; outside the story none against poison where it has but one level. */
function drawnOf(
  {records}: Experiment,
  prefix: string,
): (name: string, draw: () => FigureSpec) => SiteFigure[] {
  const lone = prefix !== '' && records.poisonFactors().length < 2;
  return (name, draw) => (lone && AGAINST_POISON.has(name) ? [] : drawn(prefix + name, draw));
}

/** What is asked of networks on points of the plane. @param prefix of the figures' names; none in the story */
function planeFigures(experiment: Experiment, prefix: string): SiteFigure[] {
  const {records} = experiment;
  const runs = records.runs();
  const of = drawnOf(experiment, prefix);
  const ends = <N extends AnalysisName>(name: N): readonly AnalysisOf<N>[] => endsOf(records.analyses(name));
  const basins = records.analyses('basin');
  return [
    ...of('boundary', () => decisionBoundary(ends('boundary'), untitled)),
    ...of('boundary-test', () => decisionBoundary(ends('boundary'), {...untitled, points: 'test'})),
    ...of('gap', () => generalizationGap(runs, untitled)),
    ...of('margin', () => marginAgainstPoison(records.analyses('margin'), untitled)),
    ...of('line', () => lineScan(ends('line'), {...untitled, ...weightsOf(runs)})),
    ...of('curvature', () => curvatureAgainstPoison(records.analyses('curvature'), untitled)),
    ...of('surface', () => lossSurface(ends('surface'), {...untitled, ...weightsOf(runs)})),
    ...of('matched', () => matchedLoss(records.analyses('matched'), untitled)),
    ...alternativesFigure(experiment, of),
    ...of('linear', () => linearAgainstNetwork(runs, records.analyses('linear'), untitled)),
    ...of('spectrum', () => spectralDensity(ends('spectrum'), untitled)),
    ...of('trajectory', () => lossTrajectory(ends('trajectory'), untitled)),
    ...records
      .analyses('connectivity')
      .slice(0, 1)
      .flatMap((path) => of('paths', () => connectingPaths(path, untitled))),
    ...of('llc', () => learningCoefficientAgainstPoison(records.analyses('llc'), untitled)),
    ...of('llc-traces', () => langevinTraces(ends('llc'), untitled)),
    ...of('profiles', () => basinProfiles(ends('basin'), untitled)),
    ...of('radii', () => radiusHistogram(ends('basin'), untitled)),
    ...of('volume', () => volumeAgainstGap(runs, basins, untitled)),
    ...of('volume-stable', () => volumeAgainstGap(runs, basins, {...untitled, statistic: 'stable'})),
    ...of('volume-stretched', () => volumeAgainstGap(runs, records.analyses('preconditioned'), untitled)),
    ...of('volume-convergence', () =>
      volumeConvergence(ends('basin'), records.analyses('preconditioned'), untitled),
    ),
  ];
}

/** Networks trained otherwise: against the number of their examples where they were measured on the same few, else by name. */
function alternativesFigure({records}: Experiment, of: ReturnType<typeof drawnOf>): SiteFigure[] {
  const alternatives = records.analyses('alternatives');
  return alternatives.some(({data}) => data.reference !== null)
    ? of('more-data', () => moreData(alternatives, untitled))
    : of('otherwise', () => trainedOtherwise(records.runs(), alternatives, untitled));
}

/** The same of an experiment that the story is not about, with the learning curves that stand on its page. */
function otherPlaneFigures(experiment: Experiment): SiteFigure[] {
  const prefix = `${experiment.record.experiment}-`;
  const curves = drawn(`${prefix}curves`, () => learningCurves(endsOf(experiment.records.runs()), untitled));
  return [...curves, ...planeFigures(experiment, prefix)];
}

/** The same questions asked of networks on pictures. */
function pictureFigures(experiment: Experiment): SiteFigure[] {
  const {record, records} = experiment;
  const runs = records.runs();
  const of = drawnOf(experiment, `${record.experiment}-`);
  const [basins, ends] = [records.analyses('basin'), endsOf(records.analyses('basin'))];
  return [
    ...of('curves', () => learningCurves(endsOf(runs), untitled)),
    ...of('gap', () => generalizationGap(runs, untitled)),
    ...of('margin', () => marginAgainstPoison(records.analyses('margin'), untitled)),
    ...of('curvature', () => curvatureAgainstPoison(records.analyses('curvature'), untitled)),
    ...of('spectrum', () => spectralDensity(endsOf(records.analyses('spectrum')), untitled)),
    ...of('surface', () =>
      lossSurface(endsOf(records.analyses('surface')), {...untitled, ...weightsOf(runs)}),
    ),
    ...of('profiles', () => basinProfiles(ends, untitled)),
    ...of('linear', () => linearAgainstNetwork(runs, records.analyses('linear'), untitled)),
    ...of('radii', () => radiusHistogram(ends, untitled)),
    ...of('volume', () => volumeAgainstGap(runs, basins, untitled)),
    ...of('volume-stretched', () => volumeAgainstGap(runs, records.analyses('preconditioned'), untitled)),
  ];
}

function mapsOf(experiment: Experiment): SiteFigure[] {
  const map = mapOf(experiment);
  return map === undefined ? [] : drawn(mapFigure(experiment), () => minefieldMap(map, untitled));
}

function figuresOfRun(experiment: Experiment, run: RunRecord): SiteFigure[] {
  const {records} = experiment;
  const of = <N extends AnalysisName>(name: N): readonly AnalysisOf<N>[] =>
    records.analyses(name, {run: run.identity});
  return [
    ...drawn(runFigure(run, experiment, 'curves'), () => learningCurves([run], untitled)),
    ...drawn(runFigure(run, experiment, 'boundary'), () => decisionBoundary(of('boundary'), untitled)),
    ...drawn(runFigure(run, experiment, 'line'), () =>
      lineScan(of('line'), {...untitled, ...weightsOf([run])}),
    ),
    ...drawn(runFigure(run, experiment, 'surface'), () =>
      lossSurface(of('surface'), {...untitled, ...weightsOf([run])}),
    ),
    ...drawn(runFigure(run, experiment, 'spectrum'), () => spectralDensity(of('spectrum'), untitled)),
    ...drawn(runFigure(run, experiment, 'trajectory'), () => lossTrajectory(of('trajectory'), untitled)),
    ...drawn(runFigure(run, experiment, 'convergence'), () =>
      volumeConvergence(of('basin'), of('preconditioned'), untitled),
    ),
    ...drawn(runFigure(run, experiment, 'profiles'), () => basinProfiles(of('basin'), untitled)),
    ...drawn(runFigure(run, experiment, 'radii'), () => radiusHistogram(of('basin'), untitled)),
  ];
}
