import {execFileSync} from 'node:child_process';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {splitCommand} from './split-command.ts';

describe('splitCommand', () => {
  it.each([
    ['python3 model.py', ['python3', 'model.py']],
    ['  python3\t-u  "my model.py"  ', ['python3', '-u', 'my model.py']],
    [`a'b c'"d e"f`, ['ab cd ef']],
    [`x '' ""`, ['x', '', '']],
    [`sh -c 'echo "$HOME" | cat'`, ['sh', '-c', 'echo "$HOME" | cat']],
    [`a\\ b "\\"" '\\'`, ['a b', '"', '\\']],
    ['$HOME *.py ~ a|b', ['$HOME', '*.py', '~', 'a|b']],
  ])('splits %j', (line, words) => {
    expect(splitCommand(line)).toEqual(words);
  });

  it.each([
    ['', /got none in ""/],
    ['  ', /got none/],
    [`'' model.py`, /got a program without a name/],
    ['python3 "model.py', /got a " without its end/],
    ["python3 'model.py", /got a ' without its end/],
    ['python3 \\', /got a backslash at its end/],
  ])('refuses %j', (line, says) => {
    expect(() => splitCommand(line)).toThrow(says);
  });

  it('gives back any words that a person quoted', () => {
    const quoted = fc
      .string()
      .chain((text) =>
        fc.constantFrom(
          {text, line: `"${text.replaceAll(/["\\]/g, '\\$&')}"`},
          {text, line: `'${text.replaceAll("'", "'\\''")}'`},
        ),
      );
    fc.assert(
      fc.property(fc.array(quoted, {minLength: 1}), (words) => {
        fc.pre(words[0]?.text !== '');
        const line = words.map((word) => word.line).join(' ');
        expect(splitCommand(line)).toEqual(words.map(({text}) => text));
      }),
    );
  });

  it.skipIf(process.platform === 'win32')(
    'splits as a POSIX shell does, which knows more signs than it',
    () => {
      const line = `a 'b  c' "d\\"e" f\\ g '' h'i'"j"`;
      const shell = execFileSync('sh', ['-c', `for word in ${line}; do printf '%s\\n' "$word"; done`], {
        encoding: 'utf8',
      });
      expect(splitCommand(line)).toEqual(shell.replace(/\n$/, '').split('\n'));
    },
  );
});
