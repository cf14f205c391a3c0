import {networkColumns, networkOf} from './network-columns.ts';
import {type ResultTable, table} from './table.ts';

const diverged = 'the run diverged';
const loss = {type: 'number', unit: 'nats per example', range: '≥ 0', missing: diverged} as const;
const share = {type: 'number', range: '0 to 1'} as const;

/** How each network ended its training. */
export const runsTable: ResultTable = table({
  row: 'a run: one trained network',
  kinds: ['run'],
  columns: {
    ...networkColumns,
    numerics: {type: 'text', says: 'portable, or the backend whose bits these are'},
    dataset: {type: 'text', says: 'name of the data set'},
    dataset_label: {
      type: 'text',
      says: 'what must be known of the data, such as unofficial',
      missing: 'there is nothing',
    },
    train_examples: {type: 'integer', says: 'training examples', range: '≥ 0'},
    test_examples: {type: 'integer', says: 'test examples', range: '≥ 0'},
    poison_examples: {
      type: 'integer',
      says: 'poison examples: in all, or in each step where they are drawn anew',
      range: '≥ 0',
    },
    model: {type: 'text', says: 'name of the model'},
    parameters: {type: 'integer', says: 'parameters of the network', range: '≥ 0'},
    weights: {
      type: 'integer',
      says: 'parameters that a filter-normalized direction moves',
      range: '≥ 0',
    },
    outcome: {
      type: 'text',
      says: 'how the training ended',
      range: 'completed, target-reached, diverged',
    },
    steps: {type: 'integer', says: 'optimizer steps done', range: '≥ 0'},
    train_loss: {...loss, says: 'clean cross-entropy on the training set at the end'},
    train_accuracy: {...share, says: 'accuracy on the training set', missing: diverged},
    test_loss: {...loss, says: 'cross-entropy on the test set at the end'},
    test_accuracy: {...share, says: 'accuracy on the test set', missing: diverged},
    fresh_accuracy: {
      ...share,
      says: 'accuracy on points drawn anew after training',
      missing: 'the run diverged, or there are no such points',
    },
    fresh_points: {type: 'integer', says: 'points drawn anew', range: '≥ 0', missing: diverged},
    generalization_gap: {
      type: 'number',
      says: 'train_accuracy − fresh_accuracy, or − test_accuracy where there are no fresh points',
      range: '−1 to 1',
      missing: diverged,
    },
    checkpoint: {
      type: 'text',
      says: 'SHA-256 of the file of parameters; its first 16 digits are the name of the file',
      range: '64 hexadecimal digits',
      missing: 'none was kept',
    },
  },
  rows(record) {
    if (record.kind !== 'run') return [];
    const {dataset, model, data} = record;
    return [
      {
        ...networkOf(record),
        numerics: record.numerics,
        dataset: dataset.name,
        dataset_label: dataset.label,
        train_examples: dataset.train,
        test_examples: dataset.test,
        poison_examples: dataset.poison,
        model: model.name,
        parameters: model.parameters,
        weights: model.weights,
        outcome: data.outcome,
        steps: data.steps,
        train_loss: data.final?.trainLoss ?? null,
        train_accuracy: data.final?.trainAccuracy ?? null,
        test_loss: data.final?.testLoss ?? null,
        test_accuracy: data.final?.testAccuracy ?? null,
        fresh_accuracy: data.final?.freshAccuracy ?? null,
        fresh_points: data.final?.freshPoints ?? null,
        generalization_gap: data.final?.generalizationGap ?? null,
        checkpoint: data.checkpoint?.sha256 ?? null,
      },
    ];
  },
});
