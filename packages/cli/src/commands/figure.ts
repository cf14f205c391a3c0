import {nearestWord} from '@minefield/core';
import type {FigureName, FigureTheme} from '@minefield/figures';
import {writeAtomically} from '@minefield/results/node';
import {Command, Option} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {type DrawnFigure, drawFigures} from '../figure/draw-figures.ts';
import {type FigureFormat, figureFormats} from '../figure/figure-format.ts';
import {loadRecords} from '../figure/load-records.ts';
import {openFile} from '../figure/open-file.ts';
import {figurePage} from '../figure/page.ts';
import type {Finish} from '../finish.ts';
import {folderName, positiveNumber, wholeNumber} from '../option-values.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

type Format = FigureFormat | 'html';

const FORMATS: readonly Format[] = ['svg', 'png', 'pdf', 'vl.json', 'html'];

interface FigureFlags {
  readonly list?: true;
  readonly experiment: string;
  readonly results: string;
  readonly out?: string;
  readonly format?: Format;
  readonly theme: FigureTheme;
  readonly width: number;
  readonly scale: number;
  /** false where it is to be left out. */
  readonly title?: string | false;
  readonly transparent?: true;
  readonly open?: true;
  readonly json?: true;
}

export function figureCommand(io: Terminal, finish: Finish): Command {
  return new Command('figure')
    .description('draw what was measured as SVG, PNG, PDF, Vega-Lite, or a page of all figures')
    .argument('[name...]', 'which figure; several, or none for all there are, go into a page (html)')
    .option('--list', 'list the figures there are')
    .option('--experiment <name>', 'which experiment of the folder', folderName, 'toy')
    .option('--results <folder>', 'where the records are', 'results')
    .option('--out <file>', 'where it goes; - is standard output')
    .addOption(
      new Option('--format <name>', 'how it is written; by the ending of --out otherwise').choices(FORMATS),
    )
    .addOption(
      new Option('--theme <name>', 'for light or dark surroundings; current is an SVG in the ink of its page')
        .choices(['light', 'dark', 'current'])
        .default('light'),
    )
    .option('--width <pixels>', 'of the whole figure, in CSS pixels', wholeNumber(120, 4000), 680)
    .option('--scale <factor>', 'pixels of a PNG for each CSS pixel', positiveNumber, 2)
    .option('--title <text>', 'a heading of your own')
    .option('--no-title', 'leave the heading out')
    .option('--transparent', 'leave the background out')
    .option('--open', 'show the file in the program that the system has for it')
    .option('--json', 'print one JSON document on standard output: what there is, or was drawn')
    .addHelpText(
      'after',
      '\nText of PNG and PDF is in DejaVu Sans, which comes with the command; SVG and\npages have the font of the system that shows them.',
    )
    .action(async (names: readonly string[], flags: FigureFlags) => {
      const {figureCatalogue} = await import('@minefield/figures');
      if (flags.list) {
        const list = Object.entries(figureCatalogue).map(([name, {shows}]) => ({name, shows}));
        const widest = Math.max(...list.map(({name}) => name.length));
        if (flags.json) io.print(JSON.stringify({figures: list}, null, 2));
        else for (const {name, shows} of list) io.print(`${name.padEnd(widest)}  ${shows}`);
        return finish(exitCodes.done);
      }
      const wanted = names.map((name) => known(name, Object.keys(figureCatalogue) as FigureName[]));
      const {out, format} = destination(io, flags, wanted.length);
      const {head, records} = await loadRecords(flags.results, flags.experiment);
      const title = flags.title === false ? '' : flags.title;
      const figures = await drawFigures(records, wanted, title);
      const content =
        format === 'html'
          ? await figurePage(figures, {title: head.title, about: aboutOf(flags), width: flags.width})
          : await drawOne(figures, format, flags);
      if (out === '-') await io.write(content);
      else await write(out, content);
      const drawn = figures.map(({name}) => name);
      if (flags.json) io.print(JSON.stringify({out, format, experiment: flags.experiment, drawn}, null, 2));
      else if (out !== '-') io.note(`${drawn.join(', ')} of ${flags.experiment} in ${out}`);
      if (flags.open) await openFile(out);
      finish(exitCodes.done);
    });
}

function aboutOf({experiment, results}: FigureFlags): string {
  return `Figures of the experiment ${experiment}, drawn from the records in ${results} by minefield figure.`;
}

async function drawOne([figure]: readonly DrawnFigure[], format: FigureFormat, flags: FigureFlags) {
  if (figure === undefined) throw new UsageError('no figure to draw; name one, see --list');
  const {width, theme, scale, transparent} = flags;
  const background = transparent ? 'transparent' : 'page';
  return figureFormats[format](figure.spec, {width, theme, scale, background});
}

/** @throws {UsageError} for a name that no figure has */
function known(name: string, names: readonly FigureName[]): FigureName {
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  const near = nearestWord(name, names);
  throw new UsageError(
    `unknown figure "${name}"${near === undefined ? '' : ` (did you mean "${near}"?)`}; "minefield figure --list" names all`,
  );
}

/** @throws {UsageError} where the flags do not go together */
function destination(
  io: Terminal,
  {out, format, theme, json, open}: FigureFlags,
  count: number,
): {readonly out: string; readonly format: Format} {
  if (out === undefined) {
    throw new UsageError('name a file with --out, such as --out figure.svg; - is standard output');
  }
  const chosen = format ?? FORMATS.find((ending) => out.toLowerCase().endsWith(`.${ending}`));
  if (chosen === undefined) {
    throw new UsageError(
      out === '-'
        ? `say with --format what to write: ${FORMATS.join(', ')}`
        : `${out} ends in none of ${FORMATS.map((ending) => `.${ending}`).join(', ')}; say with --format what to write`,
    );
  }
  if (chosen !== 'html' && count !== 1) {
    throw new UsageError(
      `a ${chosen} holds one figure, and ${count === 0 ? 'none is' : `${count} are`} named; ` +
        'name one, or write a page with --out figures.html',
    );
  }
  if (theme === 'current' && (chosen === 'png' || chosen === 'pdf')) {
    throw new UsageError(`a ${chosen} stands in no page; take --theme light or dark`);
  }
  if (out === '-' && json) {
    throw new UsageError('--json and the figure would both go to standard output; name a file with --out');
  }
  if (out === '-' && open) throw new UsageError('--open shows a file; name one with --out');
  if (out === '-' && io.outputIsTerminal && (chosen === 'png' || chosen === 'pdf')) {
    throw new UsageError(`a ${chosen} is not for a terminal; name a file with --out`);
  }
  return {out, format: chosen};
}

/** @throws {UsageError} when it cannot be written */
async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeAtomically(file, content);
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}; name another file with --out`,
    );
  }
}
