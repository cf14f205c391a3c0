/** Experiments on pictures, in the order in which they are told. */
import {type DatasetName, isOfPictures} from '@minefield/spec';
import {type Findings, findingsOf} from './findings.ts';
import type {Experiment} from './load-results.ts';

const HEADINGS = {
  photographs: 'Photographs of house numbers',
  drawn: 'Drawn house numbers',
  'paper-size': "A network of the paper's size",
} as const;

/** What an experiment on pictures is about. */
export type Subject = keyof typeof HEADINGS;

export interface PictureExperiment {
  readonly experiment: Experiment;
  readonly subject: Subject;
  /** The first on its subject stands for it in the story. */
  readonly first: boolean;
  /** null where there is but one level of poison. */
  readonly findings: Findings | null;
  /** Its page, from the root of the site. */
  readonly page: string;
  /** What its pictures are; the experiment's own title where another has that heading. */
  readonly heading: string;
  /** Its heading within a sentence. */
  readonly name: string;
  /** Parameters of each network. */
  readonly parameters: number;
  /** Whether each network has as many as the paper's. */
  readonly paperSized: boolean;
  /** Examples that each network was trained on. */
  readonly train: number;
  /** What readers must know of the data; null where there is nothing. */
  readonly label: string | null;
}

/** The paper's ResNet-20 has 270,000. */
const PAPER_PARAMETERS = 250_000;

/** Those with runs. */
export function pictureExperiments(experiments: readonly Experiment[]): readonly PictureExperiment[] {
  const onPictures = experiments.flatMap((experiment) => {
    const [run] = experiment.records.runs();
    const data = experiment.record.spec.dataset.name;
    const paperSized = run !== undefined && run.model.parameters >= PAPER_PARAMETERS;
    const subject = subjectOf(data, paperSized);
    if (run === undefined || subject === undefined) return [];
    // Of several on one subject the one that ships comes first: it is called as its data.
    return [{experiment, run, subject, paperSized, ships: experiment.record.experiment === data}];
  });
  return Object.keys(HEADINGS).flatMap((subject) =>
    onPictures
      .filter((one) => one.subject === subject)
      .toSorted((a, b) => Number(b.ships) - Number(a.ships))
      .map(({experiment, run, subject: own, paperSized}, i) => {
        const {experiment: slug, title} = experiment.record;
        return {
          experiment,
          subject: own,
          first: i === 0,
          findings: findingsOf(experiment),
          page: `pictures/${slug}.html`,
          heading: i === 0 ? HEADINGS[own] : title,
          name: i === 0 ? HEADINGS[own].toLowerCase() : `“${title}”`,
          parameters: run.model.parameters,
          paperSized,
          train: run.dataset.train,
          label: run.dataset.label,
        };
      }),
  );
}

function subjectOf(data: DatasetName, paperSized: boolean): Subject | undefined {
  if (data === 'svhn') return 'photographs';
  if (!isOfPictures({name: data})) return undefined;
  return paperSized ? 'paper-size' : 'drawn';
}
