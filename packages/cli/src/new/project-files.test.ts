import {describe, expect, it} from 'vitest';
import {projectFiles} from './project-files.ts';

const line = '"/clone/node" --conditions=@minefield/source "/clone/main.ts"';

describe.each([
  {from: 'the registry', options: {}},
  {from: 'a clone', options: {source: line}},
])('a project of $from', ({options}) => {
  const files = projectFiles({name: 'my-spirals', version: '1.2.3', ...options});
  const text = files.get('README.md') ?? '';
  const {scripts, dependencies} = JSON.parse(files.get('package.json') ?? '') as {
    scripts: Record<string, string>;
    dependencies?: object;
  };

  it('names nothing in its README that is not there', () => {
    const named = [...text.matchAll(/npm run (?:-s )?(\w+)/g)].map(([, script = '']) => script);
    expect(new Set(named)).toEqual(new Set(Object.keys(scripts)));
    const spec = JSON.parse(files.get('spec.json') ?? '') as Record<string, unknown>;
    const keys = [...text.matchAll(/^- ((?:`[\w.]+`(?: and )?)+):/gm)].flatMap(([, list = '']) =>
      [...list.matchAll(/`([\w.]+)`/g)].map(([, key = '']) => key),
    );
    expect(keys).toContain('poisonFactors');
    for (const key of keys) {
      const [first = '', second] = key.split('.');
      expect(spec, key).toHaveProperty(second === undefined ? [first] : [first, second]);
    }
  });

  it('has a command for its scripts to start: one to install, or that of the clone', () => {
    const isInstalled = !('source' in options);
    expect(dependencies).toEqual(isInstalled ? {'@minefield/cli': '^1.2.3'} : undefined);
    expect(scripts['minefield']).toBe(isInstalled ? undefined : line);
    expect(scripts['run']).toBe(
      `${isInstalled ? 'minefield' : 'npm run --silent minefield --'} run spec.json`,
    );
    expect(/^ +npm install$/m.test(text)).toBe(isInstalled);
    expect(text.includes('npx minefield')).toBe(isInstalled);
  });

  it('has a spec with a line for each list of numbers', () => {
    expect(files.get('spec.json')).toContain('"hidden": [23, 16, 26, 32, 28, 31]');
  });
});
