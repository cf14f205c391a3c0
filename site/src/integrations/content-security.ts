/**
 * A strict Content-Security-Policy in every page, and as a headers file for hosts that read one. Scripts come from the site,
 * or are in the page and named by their hash; nothing is evaluated but WebAssembly; nothing is asked of another site.
 */
import {createHash} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {AstroIntegration} from 'astro';
import {rewritePages} from './built-pages.ts';

export function contentSecurity(): AstroIntegration {
  return {
    name: 'content-security',
    hooks: {
      'astro:build:done': async ({dir}) => {
        const folder = fileURLToPath(dir);
        const all = {scripts: new Set<string>(), styles: new Set<string>()};
        await rewritePages(folder, (html, path) => {
          const styled = / style="/.exec(html);
          if (styled !== null) {
            const around = html.slice(Math.max(0, styled.index - 80), styled.index + 60);
            throw new Error(
              `${path}: expected no style attributes, which the policy forbids, got …${around}…`,
            );
          }
          const own = {scripts: hashesOf(html, 'script'), styles: hashesOf(html, 'style')};
          for (const hash of own.scripts) all.scripts.add(hash);
          for (const hash of own.styles) all.styles.add(hash);
          const meta = `<meta http-equiv="content-security-policy" content="${policy(own)}">`;
          return html.replace(/<meta charset="utf-8"\s*\/?>/i, (charset) => charset + meta);
        });
        await writeFile(join(folder, '_headers'), headers(all));
      },
    },
  };
}

/** Hashes of what stands in a page itself, as a policy names it. */
interface Hashes {
  readonly scripts: Iterable<string>;
  readonly styles: Iterable<string>;
}

function hashesOf(html: string, element: 'script' | 'style'): ReadonlySet<string> {
  const found = html.matchAll(
    new RegExp(`<${element}(?![^>]*\\ssrc=)(?![^>]*type="application/)[^>]*>([^]*?)</${element}>`, 'g'),
  );
  return new Set(
    [...found].map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`),
  );
}

function policy({scripts, styles}: Hashes, ...more: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(' '),
    ["style-src 'self'", ...styles].join(' '),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    ...more,
  ].join('; ');
}

/** In the format that static hosts have agreed on. What a meta tag cannot say is said here too. */
function headers(hashes: Hashes): string {
  const lines = [
    `Content-Security-Policy: ${policy(hashes, "frame-ancestors 'none'")}`,
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    'Permissions-Policy: camera=(), geolocation=(), microphone=()',
  ];
  const assets = ['Cache-Control: public, max-age=31536000, immutable'];
  const block = (path: string, fields: readonly string[]): string =>
    [path, ...fields.map((field) => `  ${field}`)].join('\n');
  return `${block('/*', lines)}\n\n${block('/_astro/*', assets)}\n`;
}
