/**
 * `pnpm release`: versions, builds, checks, packs, publishes and tags what has changed; CONTRIBUTING.md has its forms.
 * `--rehearse` does it on a registry of this machine (`--full`: with npm and pnpm on every Node, and bundlers; `--built`:
 * what was built here; `--patch <package>`, `--minor <package>`: and a change of one package), and names of packages choose whom to try.
 */
import {parseArgs} from 'node:util';
import {publishCommitted} from './publish.ts';
import {rehearse} from './rehearse.ts';
import {makeVersions, makeVersionsAndCommit} from './version.ts';
import {packageFolders} from '../packages.ts';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    channel: {type: 'string'},
    ci: {type: 'boolean', default: false},
    'no-provenance': {type: 'boolean', default: false},
    rehearse: {type: 'boolean', default: false},
    full: {type: 'boolean', default: false},
    built: {type: 'boolean', default: false},
    patch: {type: 'string'},
    minor: {type: 'string'},
  },
});

try {
  const {channel, ci, full, built} = values;
  const changed = values.patch ?? values.minor;
  const change =
    changed === undefined
      ? undefined
      : ({name: changed, bump: values.patch === undefined ? 'minor' : 'patch'} as const);
  const provenance = !values['no-provenance'];
  const [word] = positionals;
  if (values.rehearse) {
    for (const name of [...positionals, ...(changed === undefined ? [] : [changed])])
      if (!packageFolders().includes(`packages/${name}`))
        throw new RangeError(`release: expected names of packages, got ${name}`);
    await rehearse({full, built, channel, change, only: changed === undefined ? positionals : [changed]});
  } else if (positionals.length > 1 || full || built || changed !== undefined) {
    throw new RangeError(
      'release: expected `version`, `publish` or neither, and --full, --built, --patch and --minor with --rehearse alone',
    );
  } else if (word === 'version') {
    await makeVersions({channel, ci});
  } else if (word === 'publish') {
    await publishCommitted({ci, provenance});
  } else if (word === undefined) {
    if (ci) throw new RangeError('release: expected `publish` with --ci, got all steps, which ask');
    await makeVersionsAndCommit({channel});
    await publishCommitted({ci, provenance});
  } else {
    throw new RangeError(`release: expected \`version\`, \`publish\` or neither, got ${word}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
