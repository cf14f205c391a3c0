/**
 * `pnpm check:licences`: all that a user of a package installs, and all that the site's pages are made of, has a licence that
 * asks for no more than to be named. What only builds the site, such as Astro, stands among its `devDependencies`.
 */
import {printedBy} from './said-by.ts';

const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'OFL-1.1', 'Unlicense'];

interface Licensed {
  readonly name: string;
  readonly versions: readonly string[];
}

const args = ['--filter', './packages/*', '--filter', './site', 'licenses', 'list', '--prod', '--json'];
const byLicence = Object.entries(JSON.parse(printedBy('pnpm', args)) as Record<string, readonly Licensed[]>);
if (byLicence.length === 0) throw new Error('expected dependencies with licences, got none');

// Of licences to choose from, each has to be allowed; none makes that a question today.
const refused = byLicence.filter(([expression]) =>
  (expression.match(/[\w.+-]+/g) ?? [])
    .filter((word) => word !== 'AND' && word !== 'OR')
    .some((licence) => !allowed.includes(licence)),
);
for (const [expression, packages] of refused) {
  const names = packages.map(({name, versions}) => `${name} ${versions.join(', ')}`).join(', ');
  console.log(`${expression}, which is none of ${allowed.join(', ')}: ${names}`);
  process.exitCode = 1;
}
