/** Every figure of the site, made from the records. */
import {
  basinProfiles,
  decisionBoundary,
  figureCatalogue,
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
import {ON_PICTURES, ON_THE_PLANE, type ShownFigure} from './figures-shown.ts';
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
    ...(experiment === told ? figuresOfStory(experiment) : []),
    ...(experiment !== told && isOnThePlane(experiment) ? figuresOf(experiment, ON_THE_PLANE) : []),
    ...(onPictures.has(experiment) ? figuresOf(experiment, ON_PICTURES) : []),
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

/** Weights that directions move, which make distances along lines relative. */
function weightsOf(run: RunRecord): {readonly weights: number} {
  return {weights: run.model.weights};
}

/** Where an experiment has but one level of poison, nothing is set against it. */
function figuresOf({record, records}: Experiment, shown: readonly ShownFigure[]): SiteFigure[] {
  const lone = records.poisonFactors().length < 2;
  return shown
    .filter(({name}) => !(lone && figureCatalogue[name].againstPoison))
    .flatMap(({name}) =>
      drawn(`${record.experiment}-${name}`, () => figureCatalogue[name].draw(records, untitled)),
    );
}

/** The experiment of the story has the plain names, and its learning curves on the pages of its runs alone. */
function figuresOfStory({records}: Experiment): SiteFigure[] {
  return ON_THE_PLANE.filter(({name}) => name !== 'curves').flatMap(({name}) =>
    drawn(name, () => figureCatalogue[name].draw(records, untitled)),
  );
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
