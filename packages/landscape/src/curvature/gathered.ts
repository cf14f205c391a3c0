import {at} from '@minefield/core';

/**
 * Makes one call of those that come at once, before the first of them could be answered, as `Promise.all` makes them.
 *
 * @param answerAll gives an answer for each item, in order; what it throws reaches every caller
 */
export function gathered<Item, Answer>(
  answerAll: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  let waiting: Item[] = [];
  let answers: Promise<readonly Answer[]> | undefined;
  return async (item) => {
    const index = waiting.push(item) - 1;
    answers ??= Promise.resolve().then(() => {
      const items = waiting;
      waiting = [];
      answers = undefined;
      return answerAll(items);
    });
    return at(await answers, index);
  };
}
