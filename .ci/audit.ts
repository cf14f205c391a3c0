/**
 * `pnpm check:audit`: the registry knows of no vulnerability of high severity in what users of a package install and what
 * the site's pages are made of. It is told the names and versions of these. A registry that does not answer passes.
 */
import {saidBy} from './said-by.ts';

const shipped = ['--filter', './packages/*', '--filter', './site'];
const {status, all} = saidBy('pnpm', [...shipped, 'audit', '--prod', '--audit-level', 'high']);
if (all.includes('ERR_PNPM_AUDIT_')) {
  console.log('skipped: the registry did not say which versions are vulnerable.');
} else if (status !== 0) {
  console.log(all);
  process.exitCode = 1;
}
