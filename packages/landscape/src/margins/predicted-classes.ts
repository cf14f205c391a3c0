import {InputError, type Classifier} from '@minefield/core';

/** The class that a classifier gives each input: the largest logit, or the sign of the log-odds where it has one column. */
export async function predictedClasses(classifier: Classifier, inputs: Float32Array): Promise<Int32Array> {
  const count = inputs.length / classifier.dimension;
  const logits = await classifier.logits(inputs);
  const width = logits.length / count;
  if (!Number.isInteger(width) || width < 1) {
    throw new InputError(
      `landscape.predictedClasses: expected logits [${count}, classes] of the classifier, got ${logits.length} numbers`,
    );
  }
  return Int32Array.from({length: count}, (_, i) => {
    if (width === 1) return (logits[i] ?? 0) > 0 ? 1 : 0;
    let best = 0;
    for (let c = 1; c < width; c++) {
      if ((logits[i * width + c] ?? 0) > (logits[i * width + best] ?? 0)) best = c;
    }
    return best;
  });
}
