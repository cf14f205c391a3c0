/** Markdown of the repository (guides, READMEs, doc comments) as parts of a page. */
import MarkdownIt from 'markdown-it';

export interface MarkdownOptions {
  /** Where a link of the text leads to from the page; null where its words stand alone. */
  readonly link: (target: string) => string | null;
  /** What the ids of headings begin with, where several texts share a page. Default nothing. */
  readonly prefix?: string;
  /** By how many levels headings are lower than in the text. Default 0. */
  readonly lower?: number;
}

/** What a link has that may be followed from anywhere. */
const ELSEWHERE = /^(?:https?:|mailto:|#)/;

/** @returns HTML with an id for each heading, and what can be scrolled within reach of the keyboard */
export function renderMarkdown(text: string, {link, prefix = '', lower = 0}: MarkdownOptions): string {
  const markdown = new MarkdownIt({html: false, linkify: false, typographer: false});
  const {rules} = markdown.renderer;
  const taken = new Set<string>();
  const open: boolean[] = [];
  let heading = prefix;

  rules['heading_open'] = (tokens, index) => {
    const {tag = 'h2'} = tokens[index] ?? {};
    heading = tokens[index + 1]?.content ?? '';
    const id = unused(prefix + slugOf(heading), taken);
    return `<${lowered(tag, lower)} id="${id}">`;
  };
  rules['heading_close'] = (tokens, index) => `</${lowered(tokens[index]?.tag ?? 'h2', lower)}>\n`;
  rules['fence'] = (tokens, index) => {
    const {info = '', content = ''} = tokens[index] ?? {};
    const [, name] = /^\w*[ \t]+(.+)$/.exec(info) ?? [];
    const caption = name === undefined ? '' : `<figcaption>${markdown.utils.escapeHtml(name)}</figcaption>`;
    return `<figure class="listing">${caption}${listing(content)}</figure>\n`;
  };
  rules['code_block'] = (tokens, index) => listing(tokens[index]?.content ?? '');
  // What can be scrolled is a place of the page, and places have names of their own.
  rules['table_open'] = () => {
    const label = markdown.utils.escapeHtml(unused(`Table of ${heading}`, taken));
    return `<div class="table-scroll" tabindex="0" role="region" aria-label="${label}"><table>`;
  };
  rules['table_close'] = () => '</table></div>\n';
  // Links do not stand within one another, so the last one that was opened is the one that closes.
  rules['link_open'] = (tokens, index) => {
    const target = String(tokens[index]?.attrGet('href') ?? '');
    const to = ELSEWHERE.test(target) ? target : link(target);
    open.push(to !== null);
    return to === null ? '' : `<a href="${markdown.utils.escapeHtml(to)}">`;
  };
  rules['link_close'] = () => (open.pop() === true ? '</a>' : '');

  const listing = (code: string): string =>
    `<pre tabindex="0"><code>${markdown.utils.escapeHtml(code.trimEnd())}</code></pre>`;
  return markdown.render(text);
}

/** The words of a heading as an id: `Where to go next` is `where-to-go-next`. */
export function slugOf(heading: string): string {
  const words = heading.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-');
}

function unused(id: string, taken: Set<string>): string {
  let free = id;
  for (let i = 2; taken.has(free); i++) free = `${id}-${i}`;
  taken.add(free);
  return free;
}

function lowered(tag: string, by: number): string {
  return `h${Math.min(6, Number(tag.slice(1)) + by)}`;
}
