import type {LabeledExamples} from '@minefield/models';
import type {PoisonSource} from '@minefield/training';

/** Everything that one seed draws. */
export interface ExperimentData {
  readonly train: LabeledExamples;
  readonly test: LabeledExamples;
  /** Further test examples; null where the data have no more. */
  readonly fresh: LabeledExamples | null;
  readonly poison: PoisonSource;
}

/** The first so many examples; all where there are no more. */
export function firstExamples(examples: LabeledExamples, count: number): LabeledExamples {
  const {inputs, labels} = examples;
  if (count >= labels.length) return examples;
  const size = inputs.length / labels.length;
  return {inputs: inputs.subarray(0, count * size), labels: Array.from(labels).slice(0, count)};
}
