/** Every figure of the site, made from the records. */
import {
  basinProfiles,
  decisionBoundary,
  figureCatalogue,
  type FigureName,
  type FigureSpec,
  learningCurves,
  lineScan,
  lossSurface,
  lossTrajectory,
  minefieldMap,
  radiusHistogram,
  spectralDensity,
  speedRatios,
  volumeConvergence,
} from '@minefield/figures';
import type {AnalysisName, AnalysisOf, RunRecord} from '@minefield/results';
import type {Benchmark} from './benchmarks.ts';
import {type SiteFigure, drawn} from './drawn.ts';
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
    ...(experiment === told ? figuresNamed(experiment, ON_THE_PLANE, '') : []),
    // Elsewhere the learning curves stand on the page too.
    ...(experiment !== told && isOnThePlane(experiment)
      ? figuresNamed(experiment, ['curves', ...ON_THE_PLANE])
      : []),
    ...(onPictures.has(experiment) ? figuresNamed(experiment, ON_PICTURES) : []),
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
function weightsOf(run: RunRecord): {readonly weights: number} {
  return {weights: run.model.weights};
}

/** Draws a figure of an experiment by its name; outside the story none against poison where it has but one level. */
function drawnOf(
  {records}: Experiment,
  prefix: string,
): (name: string, draw: () => FigureSpec) => SiteFigure[] {
  const lone = prefix !== '' && records.poisonFactors().length < 2;
  return (name, draw) => (lone && AGAINST_POISON.has(name) ? [] : drawn(prefix + name, draw));
}

/** What is asked of networks on points of the plane, in the order of the story. */
const ON_THE_PLANE: readonly FigureName[] = [
  'boundary',
  'boundary-test',
  'gap',
  'margin',
  'line',
  'curvature',
  'surface',
  'perturbation',
  'matched',
  'more-data',
  'otherwise',
  'linear',
  'spectrum',
  'trajectory',
  'paths',
  'llc',
  'llc-traces',
  'profiles',
  'radii',
  'volume',
  'volume-stable',
  'volume-stretched',
  'volume-convergence',
];

/** The same questions asked of networks on pictures. */
const ON_PICTURES: readonly FigureName[] = [
  'curves',
  'gap',
  'margin',
  'curvature',
  'spectrum',
  'surface',
  'profiles',
  'linear',
  'radii',
  'volume',
  'volume-stretched',
];

/** @param prefix of the figures' names; none in the story */
function figuresNamed(
  experiment: Experiment,
  names: readonly FigureName[],
  prefix = `${experiment.record.experiment}-`,
): SiteFigure[] {
  const of = drawnOf(experiment, prefix);
  return names.flatMap((name) => of(name, () => figureCatalogue[name].draw(experiment.records, untitled)));
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
      lineScan(of('line'), {...untitled, ...weightsOf(run)}),
    ),
    ...drawn(runFigure(run, experiment, 'surface'), () =>
      lossSurface(of('surface'), {...untitled, ...weightsOf(run)}),
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
