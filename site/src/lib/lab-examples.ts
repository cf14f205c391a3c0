/** What the laboratory is told of single test examples: points of the plane, and pictures. */
import type {LabExamples, PictureExamples, PlaneExamples} from '../explorers/lab/data/lab-file.ts';
import type {Experiment} from './load-results.ts';
import {isDrawable, isOnThePlane} from './plane-experiments.ts';
import {picturesSeen} from './test-pictures.ts';

export async function labExamples(experiments: readonly Experiment[]): Promise<LabExamples> {
  const withRuns = experiments.filter(({records}) => records.runs().length > 0);
  const pictures = await Promise.all(
    withRuns.filter((experiment) => !isOnThePlane(experiment)).map(pictureExamples),
  );
  return {plane: withRuns.filter(isDrawable).map(planeExamples), pictures: pictures.flat()};
}

function planeExamples({record, records}: Experiment): PlaneExamples {
  const recorded = records
    .analyses('boundary')
    .map(({seed, poisonFactor, data}) => [`${seed}/${poisonFactor}`, bitsOf(data.test.correct)] as const);
  return {
    experiment: record.experiment,
    seeds: records.seeds(),
    levels: records.poisonFactors(),
    recorded: Object.fromEntries(recorded),
  };
}

/** The first flag is the highest bit of the first byte. */
function bitsOf(flags: readonly boolean[]): string {
  const bytes = Buffer.alloc(Math.ceil(flags.length / 8));
  flags.forEach((flag, i) => {
    if (flag) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (0x80 >> (i & 7));
  });
  return bytes.toString('base64');
}

async function pictureExamples(experiment: Experiment): Promise<readonly PictureExamples[]> {
  const {record, records} = experiment;
  const seeds = await Promise.all(
    records.seeds().map(async (seed): Promise<readonly PictureExamples[]> => {
      const asked = records.analyses('predictions', {seed});
      const [first] = asked;
      const seen = first && (await picturesSeen(experiment, first));
      if (first === undefined || !seen) return [];
      return [
        {
          experiment: record.experiment,
          title: record.title,
          seed,
          ...seen,
          labels: first.data.label,
          answers: asked
            .filter(({data}) => data.fingerprint === first.data.fingerprint)
            .map(({poisonFactor, run, data: {predicted, probability}}) => ({
              poisonFactor,
              run: run.slice(0, 16),
              predicted,
              probability,
            })),
        },
      ];
    }),
  );
  return seeds.flat();
}
