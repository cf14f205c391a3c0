/**
 * `pnpm check:sbom`: writes, into `sbom/`, what each package is made of, a CycloneDX document each, and holds them against
 * the schema of CycloneDX. A release is published with them.
 */
import {readFileSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {Spec, Validation} from '@cyclonedx/cyclonedx-library';
import {packageFolders} from './packages.ts';
import {printedBy} from './said-by.ts';

const FOLDER = 'sbom';

rmSync(FOLDER, {recursive: true, force: true});
const selection = ['--filter', './packages/*', 'sbom', '--prod', '--split'];
const form = [
  '--sbom-format',
  'cyclonedx',
  '--sbom-spec-version',
  '1.7',
  '--out',
  join(FOLDER, '%s.cdx.json'),
];
printedBy('pnpm', [...selection, ...form]);
const files = readdirSync(FOLDER);
const expected = packageFolders().length;
if (files.length !== expected)
  throw new Error(`expected ${expected} documents in ${FOLDER}, got ${files.length}`);

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot7);
for (const file of files) {
  const failure = await validator.validate(readFileSync(join(FOLDER, file), 'utf8'));
  if (failure === null) continue;
  console.log(`${FOLDER}/${file}: ${JSON.stringify(failure, null, 2)}`);
  process.exitCode = 1;
}
