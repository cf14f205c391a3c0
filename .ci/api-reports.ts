/**
 * `pnpm check:api`: the public API that was built is the one that `api/` reports, a file for each entry point of each
 * package; needs `pnpm build`. `pnpm api` builds and writes the reports anew, so that a change of an API shows in the diff
 * of whoever makes it.
 */
import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, rmSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {CompilerState, Extractor, ExtractorConfig, type ExtractorLogLevel} from '@microsoft/api-extractor';
import {packageFolders, readManifest} from './packages.ts';

interface EntryPoint {
  /** `results`, and `results-node` for `@minefield/results/node`. */
  readonly name: string;
  readonly folder: string;
  readonly types: string;
}

const REPORTS = resolve('api');
const FRESH = resolve('node_modules', '.cache', 'api');

const {values} = parseArgs({options: {write: {type: 'boolean', default: false}}});
mkdirSync(REPORTS, {recursive: true});
const configs = packageFolders().flatMap(entryPoints).map(configOf);
const [first] = configs;
if (first === undefined) throw new Error('expected packages with entry points, got none');

// One program of TypeScript for all of them.
const compilerState = CompilerState.create(first, {
  additionalEntryPoints: configs.map(({mainEntryPointFilePath}) => mainEntryPointFilePath),
});
for (const config of configs) {
  const {succeeded, apiReportChanged} = Extractor.invoke(config, {
    compilerState,
    localBuild: values.write,
    messageCallback: (message) => {
      if (message.messageId.startsWith('console-')) message.handled = true;
    },
  });
  if (apiReportChanged && !values.write) showDifference(config);
  if (!succeeded) process.exitCode = 1;
}

const expected = configs.map(({reportFilePath}) => basename(reportFilePath));
for (const stale of readdirSync(REPORTS).filter((file) => !expected.includes(file))) {
  if (values.write) rmSync(join(REPORTS, stale));
  else fail(`api/${stale} reports an entry point that is gone; \`pnpm api\` removes it.`);
}

function showDifference({reportFilePath, reportTempFilePath}: ExtractorConfig): void {
  const args = ['--no-pager', 'diff', '--no-index', '--unified=1', reportFilePath, reportTempFilePath];
  const {stdout} = spawnSync('git', args, {encoding: 'utf8'});
  fail(`api/${basename(reportFilePath)} is not what was built; \`pnpm api\` writes it anew:\n${stdout}`);
}

function fail(sentence: string): void {
  console.log(sentence);
  process.exitCode = 1;
}

function entryPoints(folder: string): EntryPoint[] {
  const {publishConfig} = readManifest(folder);
  return Object.entries(publishConfig.exports).flatMap(([path, target]) =>
    typeof target === 'string'
      ? []
      : [{name: [basename(folder), ...path.split('/').slice(1)].join('-'), folder, types: target.types}],
  );
}

function configOf({name, folder, types}: EntryPoint): ExtractorConfig {
  return ExtractorConfig.prepare({
    packageJsonFullPath: resolve(folder, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: resolve(folder),
      mainEntryPointFilePath: resolve(folder, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2024',
            lib: ['ES2024', 'DOM'],
            module: 'NodeNext',
            types: ['node'],
            skipLibCheck: true,
            strict: true,
          },
          files: [types],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: REPORTS,
        reportTempFolder: FRESH,
        includeForgottenExports: true,
      },
      docModel: {enabled: false},
      dtsRollup: {enabled: false},
      tsdocMetadata: {enabled: false},
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: {default: {logLevel: 'warning' as ExtractorLogLevel}},
        extractorMessageReporting: {default: {logLevel: 'none' as ExtractorLogLevel}},
        tsdocMessageReporting: {default: {logLevel: 'none' as ExtractorLogLevel}},
      },
    },
  });
}
