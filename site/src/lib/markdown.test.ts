import {describe, expect, it} from 'vitest';
import {renderMarkdown, slugOf} from './markdown.ts';

const options = {link: (target: string) => (target === 'none' ? null : `../${target}.html`)};

describe('Markdown on a page', () => {
  it('has links to pages, the words alone of what no page shows, and others as they are', () => {
    expect(renderMarkdown('[a](core) [b](none) [c](https://example.org/?x&y)', options)).toBe(
      '<p><a href="../core.html">a</a> b <a href="https://example.org/?x&amp;y">c</a></p>\n',
    );
  });

  it('has headings with ids that are all different', () => {
    const html = renderMarkdown('## Where to go next\n\n## Where to go next\n', {
      ...options,
      prefix: 'about-',
    });
    expect([...html.matchAll(/id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      'about-where-to-go-next',
      'about-where-to-go-next-2',
    ]);
    expect(slugOf('`npx -y pnpm@12`: why?')).toBe('npx-y-pnpm-12-why');
  });

  it('names files above their listings, and takes nothing in them for HTML', () => {
    expect(renderMarkdown('```ts a.ts\nlet a: Set<b>;\n```\n', options)).toBe(
      '<figure class="listing"><figcaption>a.ts</figcaption>' +
        '<pre tabindex="0"><code>let a: Set&lt;b&gt;;</code></pre></figure>\n',
    );
    expect(renderMarkdown('<script>alert(1)</script>', options)).not.toContain('<script>');
  });
});
