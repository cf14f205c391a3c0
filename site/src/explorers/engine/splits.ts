import type {LabeledExamples} from '@minefield/models';

/** Points to train on, to test with, and to be paid for getting wrong. */
export interface Splits {
  readonly train: LabeledExamples;
  readonly test: LabeledExamples;
  readonly poison: LabeledExamples;
}
