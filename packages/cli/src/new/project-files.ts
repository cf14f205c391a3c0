import {type ExperimentSpec, toyProfiles} from '@minefield/spec';
import {readme} from './readme.ts';

export interface ProjectOptions {
  /** Of the experiment: a name of a folder. */
  readonly name: string;
  /** Of the command that the project is to have. */
  readonly version: string;
  /** The command line that starts the command where it is; with it, the project has nothing to install. */
  readonly source?: string;
}

/** The files of a companion of one's own, by their paths in its folder. */
export function projectFiles({name, version, source}: ProjectOptions): ReadonlyMap<string, string> {
  const minefield = source === undefined ? 'minefield' : 'npm run --silent minefield --';
  const page = `${minefield} figure --experiment ${name} --out figures.html`;
  const manifest = {
    name,
    private: true,
    type: 'module',
    scripts: {
      ...(source !== undefined && {minefield: source}),
      run: `${minefield} run spec.json`,
      verify: `${minefield} verify --experiment ${name}`,
      figures: page,
      open: `${page} --open`,
    },
    ...(source === undefined && {dependencies: {'@minefield/cli': `^${version}`}}),
  };
  const spec: ExperimentSpec = {
    ...toyProfiles.quick,
    experiment: name,
    title: `${name}: good and bad minima of one small network`,
  };
  return new Map([
    ['package.json', json(manifest)],
    ['spec.json', listsInLines(json(spec))],
    ['README.md', readme({name, isInstalled: source === undefined})],
    ['.gitignore', 'node_modules/\n.work/\nfigures.html\n'],
    // Git keeps no empty folders.
    ['results/.gitkeep', ''],
  ]);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Numbers beside one another, as a person writes them. */
function listsInLines(text: string): string {
  return text.replaceAll(/\[[^[\]{}"]+\]/g, (list) =>
    list.replaceAll(/\s+/g, ' ').replaceAll(/ (?=\])|(?<=\[) /g, ''),
  );
}
