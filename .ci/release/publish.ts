/** The second half of a release: what is committed is built, checked, packed, published and tagged, in a clone. */
import {join} from 'node:path';
import {run} from '../execute.ts';
import {inTemporaryFolder} from '../packages.ts';
import {isPlaceholder, readAddress} from './address.ts';
import {confirm} from './ask.ts';
import {cloneCommitted, git} from './clone.ts';
import {type Release, packReleases, publishReleases, stampPackages} from './pack.ts';
import {canAttest} from './provenance.ts';
import {type Step, runSteps} from './steps.ts';
import {cleanTree, placeholderError} from './version.ts';
import {channelOf, pendingChangesets} from './versions.ts';

export interface PublishOptions {
  /** Asks nothing. */
  readonly ci: boolean;
  /** Whether the registry is to be told, in a way that can be checked, who built this from what. */
  readonly provenance: boolean;
}

/** @throws Error where a step fails: nothing after it happens, and what is published by then has its tags */
export async function publishCommitted({ci, provenance}: PublishOptions): Promise<void> {
  const address = readAddress();
  let releases: readonly Release[] = [];
  await inTemporaryFolder(async (folder) => {
    const [clone, packed] = [join(folder, 'clone'), join(folder, 'packed')];
    await runSteps([
      cleanTree,
      {name: 'ready', run: () => checkReady(address, provenance)},
      {name: 'clone', run: () => cloneCommitted(clone).then(() => undefined)},
      {name: 'build', run: () => run('pnpm', ['build'], {cwd: clone}).then(() => undefined)},
      {name: 'check', run: () => run('pnpm', ['check'], {cwd: clone}).then(() => undefined)},
      {
        name: 'pack',
        run: async () => {
          stampPackages(clone, address, {provenance});
          releases = await packReleases(clone, packed);
          return (
            releases.map(({name, version, tag}) => `${name}@${version} (${tag})`).join(', ') || 'nothing new'
          );
        },
      },
    ]);
    if (releases.length === 0) return;
    if (!ci) await confirm(`Publish these ${releases.length} packages?`);
    const publish: Step = {
      name: 'publish',
      run: () => publishReleases(clone, packed, {atTerminal: !ci, provenance}).then(() => undefined),
    };
    try {
      await runSteps([publish]);
    } finally {
      await runSteps([{name: 'tags', run: () => takeTags(clone, ci ? [] : ['HEAD'])}]);
    }
  });
}

function checkReady(address: string, provenance: boolean): string {
  if (isPlaceholder(address)) throw placeholderError(address);
  const pending = pendingChangesets('.');
  if (pending > 0)
    throw new Error(
      `release: expected no changesets, got ${pending}; \`pnpm release version\` makes versions of them`,
    );
  if (provenance && !canAttest(process.env))
    throw new Error(
      'release: expected a CI that can state provenance (GitHub Actions with id-token: write, GitLab with SIGSTORE_ID_TOKEN), ' +
        'got none; publish there, or say --no-provenance',
    );
  return channelOf('.') ?? 'latest';
}

/** Brings the tags of the clone here, and to the repository's own remote, with what else is named. */
function takeTags(clone: string, besides: readonly string[]): string {
  const known = new Set(git(['tag']).split('\n'));
  const made = git(['tag'], clone)
    .split('\n')
    .filter((tag) => tag !== '' && !known.has(tag));
  if (made.length === 0) return 'none';
  git(['fetch', '--quiet', clone, ...made.map((tag) => `refs/tags/${tag}:refs/tags/${tag}`)]);
  git(['push', '--quiet', 'origin', ...besides, ...made]);
  return `${made.length}, pushed to origin`;
}
