import type {LearningCurves} from '../record.ts';
import {networkColumns, networkOf} from './network-columns.ts';
import {type ResultTable, table} from './table.ts';

const loss = {type: 'number', unit: 'nats per example', range: '≥ 0'} as const;
const accuracy = {type: 'number', range: '0 to 1'} as const;

/** How each network learned: an evaluation after so many steps. */
export const curvesTable: ResultTable = table({
  row: 'a point of a learning curve: one evaluation of one network',
  without: 'evaluations of a run that diverged, from the first with a number that was not finite',
  kinds: ['run'],
  columns: {
    ...networkColumns,
    step: {type: 'integer', says: 'optimizer steps done', range: '≥ 0'},
    train_loss: {...loss, says: 'cross-entropy on the training set, without the poison term'},
    train_accuracy: {...accuracy, says: 'accuracy on the training set'},
    poison_loss: {
      type: 'number',
      says: 'mean −log(1 − p) of the true class on poison examples, without the factor β',
      unit: 'nats per example',
    },
    test_loss: {...loss, says: 'cross-entropy on the test set'},
    test_accuracy: {...accuracy, says: 'accuracy on the test set'},
    learning_rate: {type: 'number', says: 'learning rate of the step', range: '≥ 0'},
    gradient_norm: {
      type: 'number',
      says: 'Euclidean norm of the gradient of the poisoned loss, before clipping',
      range: '≥ 0',
    },
  },
  rows(record) {
    if (record.kind !== 'run') return [];
    const {curves} = record.data;
    const network = networkOf(record);
    return curves.step.map((step, i) => {
      const at = (name: keyof LearningCurves): number => valueAt(curves[name], i);
      return {
        ...network,
        step,
        train_loss: at('trainLoss'),
        train_accuracy: at('trainAccuracy'),
        poison_loss: at('poisonLoss'),
        test_loss: at('testLoss'),
        test_accuracy: at('testAccuracy'),
        learning_rate: at('learningRate'),
        gradient_norm: at('gradientNorm'),
      };
    });
  },
});

/** Records are checked to have all curves of one length. */
function valueAt(values: readonly number[], i: number): number {
  const value = values[i];
  if (value === undefined) {
    throw new RangeError(
      `results.curvesTable: expected ${i + 1} points in every curve, got ${values.length}; parse the record first`,
    );
  }
  return value;
}
