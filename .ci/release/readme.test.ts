import {describe, expect, it} from 'vitest';
import {firstExample, importedModules, importedPackages, installCommands} from './readme.ts';

const readme = `# A package

    npm install @minefield/queue bullmq     # and a client
    npm install --ignore-scripts native

\`\`\`js
import {a} from '@minefield/queue/node';
import '@tensorflow/tfjs-backend-wasm';
import {
  join,
} from 'node:path';

console.log("import b from 'nowhere'");
\`\`\`

Prints

\`\`\`text
one
\`\`\`

\`\`\`ts
const other = 1;
\`\`\`

    npm install something-else
`;

describe('the first example', () => {
  it('is the first block of JavaScript, with what it prints', () => {
    const {code, printed} = firstExample(readme);
    expect(code).toMatch(/^import \{a\}/);
    expect(printed).toBe('one\n');
    expect(firstExample('```js\n1;\n```\n\n```ts\n2;\n```\n').printed).toBeUndefined();
    expect(() => firstExample('```ts\n1;\n```\n')).toThrow(/expected a ```js block/);
  });

  it('imports what stands after `from`, and after `import` alone', () => {
    const {code} = firstExample(readme);
    expect(importedModules(code)).toEqual([
      '@minefield/queue/node',
      '@tensorflow/tfjs-backend-wasm',
      'node:path',
    ]);
    expect(importedPackages(code)).toEqual(['@minefield/queue', '@tensorflow/tfjs-backend-wasm']);
  });
});

describe('the commands that install', () => {
  it('are those before the example, without their comments', () => {
    const npm = [
      ['install', '@minefield/queue', 'bullmq'],
      ['install', '--ignore-scripts', 'native'],
    ];
    expect(installCommands(readme, 'npm')).toEqual(npm);
    expect(installCommands(readme, 'pnpm')).toEqual(npm.map(([, ...rest]) => ['add', ...rest]));
  });

  it('are those of pnpm where the README has some', () => {
    const both = '    npm install bullmq\n    pnpm add bullmq --allow-build=native\n\n```js\n1;\n```\n';
    expect(installCommands(both, 'pnpm')).toEqual([['add', 'bullmq', '--allow-build=native']]);
    expect(() => installCommands('```js\n1;\n```\n    npm install late\n', 'npm')).toThrow(/got none/);
  });
});
