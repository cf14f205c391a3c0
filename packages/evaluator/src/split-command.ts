import {InputError} from '@minefield/core';

/**
 * Splits a command line into a program and its arguments, by one rule and without a shell: words stand between spaces; quotes,
 * single or double, hold a word together and are dropped; a backslash takes the next character as it is, except between single
 * quotes. Variables, wildcards, pipes and tildes mean nothing: whoever wants them writes `sh -c '…'`.
 *
 * @throws {InputError} when there is no word, the first is empty, or a quote or a backslash has no end
 * @example splitCommand('python3 "my model.py"') // ['python3', 'my model.py']
 */
export function splitCommand(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (character === '\\' && quote !== "'") {
      i += 1;
      if (i === line.length) throw unsplittable(line, 'a backslash at its end');
      word = (word ?? '') + line.charAt(i);
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') throw unsplittable(line, `a ${quote} without its end`);
  if (word !== undefined) words.push(word);
  if (words.length === 0) throw unsplittable(line, 'none');
  if (words[0] === '') throw unsplittable(line, 'a program without a name');
  return words;
}

function unsplittable(line: string, got: string): InputError {
  return new InputError(
    `evaluator.splitCommand: expected a program and its arguments, got ${got} in ${JSON.stringify(line)}; ` +
      'quote arguments that hold spaces, as in python3 "my model.py"',
  );
}
