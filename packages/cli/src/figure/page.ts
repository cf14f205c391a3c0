import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {basename, dirname, join} from 'node:path';
import type {FigureSpec} from '@minefield/figures';

const require = createRequire(import.meta.url);

/** A figure of a page, with its name. */
export interface NamedFigure {
  readonly name: string;
  readonly spec: FigureSpec;
}

export interface PageOptions {
  readonly title: string;
  /** A sentence or two below it. */
  readonly about: string;
  /** Of the figures, in CSS pixels. */
  readonly width: number;
}

/**
 * One file of HTML that needs nothing beside it, and no network: every figure drawn, and made interactive by Vega where scripts
 * run. Light or dark as the reader's system is.
 */
export async function figurePage(
  figures: readonly NamedFigure[],
  {title, about, width}: PageOptions,
): Promise<string> {
  const {figureTheme, fitFigure, renderSvg} = await import('@minefield/figures');
  const drawn = await Promise.all(
    figures.map(async ({name, spec}) => sectionOf(name, spec, await renderSvg(spec, {width}))),
  );
  const specs = figures.map(({name, spec}) => [name, fitFigure(spec, width)]);
  // Vega measures text, for which `inherit` is no font.
  const config = figureTheme('current', {font: FONT});
  const data = {specs: Object.fromEntries(specs) as unknown, config};
  const scripts = await Promise.all(
    [require.resolve('vega'), require.resolve('vega-lite'), require.resolve('vega-embed')].map(builtScript),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(about)}</p>
${drawn.join('\n')}
<script type="application/json" id="figures">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
${scripts.map((text) => `<script>${text.replaceAll('</script', '<\\/script')}</script>`).join('\n')}
<script>${EMBED}</script>
</body>
</html>
`;
}

const FONT = 'system-ui, sans-serif';

const STYLE = `
:root { color-scheme: light dark; --figure-page: Canvas; }
body { max-width: 720px; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 ${FONT}; background: Canvas; color: CanvasText; }
section { margin: 3rem 0; }
svg { max-width: 100%; height: auto; }
.vega-embed { width: 100%; }
`;

/** A figure comes to life when it comes into view: twenty at once would keep a page from answering. */
const EMBED = `
const {specs, config} = JSON.parse(document.getElementById('figures').textContent);
const watch = new IntersectionObserver((entries) => {
  for (const {target, isIntersecting} of entries) if (isIntersecting) { watch.unobserve(target); live(target); }
}, {rootMargin: '300px'});
for (const place of document.querySelectorAll('[data-figure]')) watch.observe(place);
function live(place) {
  const name = place.dataset.figure;
  const still = [...place.childNodes];
  vegaEmbed(place, specs[name], {config, renderer: 'svg', downloadFileName: name}).then(
    () => { place.dataset.live = ''; },
    (error) => { console.error(name, error); place.replaceChildren(...still); },
  );
}
`;

function sectionOf(name: string, spec: FigureSpec, svg: string): string {
  return `<section><div data-figure="${escaped(name)}">${svg}</div><p>${escaped(spec.description ?? '')}</p></section>`;
}

/** A library as the script that its package ships for pages, in the folder of its module. */
async function builtScript(module: string): Promise<string> {
  const folder = dirname(module);
  const file = join(folder, `${basename(dirname(folder))}.min.js`);
  return (await readFile(file, 'utf8')).replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '');
}

/** As text of HTML, or the value of an attribute. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
