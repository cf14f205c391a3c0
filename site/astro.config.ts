import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import preact from '@astrojs/preact';
import {defineConfig} from 'astro/config';
import {contentSecurity} from './src/integrations/content-security.ts';
import {forHosts} from './src/integrations/for-hosts.ts';
import {relocatable} from './src/integrations/relocatable.ts';
import {searchIndex} from './src/integrations/search-index.ts';
import {stages} from './src/integrations/stages.ts';
import {subsetFonts} from './src/integrations/subset-fonts.ts';
import {inputFolders, siteAddress} from './src/lib/folders.ts';

const site = fileURLToPath(new URL('.', import.meta.url));
/** Where the site will be, for canonical links, link pictures and the sitemap; all else works at any address. */
const address = siteAddress(process.env);
/** Of one build alone, where several run at a time and would write into each other's caches. */
const cache = process.env['MINEFIELD_SITE_CACHE'];
// pnpm runs Astro in the folder of the site, and says here where it was called itself.
const folders = inputFolders(process.env, process.env['INIT_CWD'] ?? process.cwd(), site);

// Workspace packages are read from their sources, so that the site needs no build of them.
const source = '@minefield/source';
const common = [source, 'module', 'development|production'];
const server = {
  resolve: {conditions: [...common, 'node'], externalConditions: [source], noExternal: [/^@minefield\//]},
};

export default defineConfig({
  output: 'static',
  ...(address !== undefined && {site: address}),
  ...(cache !== undefined && {cacheDir: cache}),
  // Pages are files with an ending, so that plain relative links work everywhere, file:// included.
  build: {format: 'file', inlineStylesheets: 'never'},
  trailingSlash: 'never',
  // Its removal of white space eats spaces between words of wrapped lines.
  compressHTML: false,
  devToolbar: {enabled: false},
  integrations: [
    preact(),
    subsetFonts(),
    relocatable(address === undefined ? '/' : new URL(address).pathname),
    contentSecurity(),
    searchIndex(),
    forHosts(address),
    stages(),
  ],
  vite: {
    ...(cache !== undefined && {cacheDir: join(cache, 'vite')}),
    define: {'import.meta.env.FOLDERS': JSON.stringify(folders)},
    resolve: {conditions: [...common, 'browser']},
    environments: {ssr: server, prerender: server},
    // Workers share code with nothing else, and load the rest of theirs by imports.
    worker: {format: 'es', rolldownOptions: {checks: {bundlerTimings: false}}},
    // How long plugins take is no fault, and on a busy machine they are said to take long.
    build: {
      modulePreload: false,
      chunkSizeWarningLimit: 1500,
      rolldownOptions: {checks: {bundlerTimings: false}},
    },
    experimental: {
      renderBuiltUrl: (_file, {hostType}) => (hostType === 'html' ? undefined : {relative: true}),
    },
  },
});
