/**
 * `pnpm check:sizes`: what a page pays for a package, and for one function of it, minified and compressed with gzip, with
 * all that it needs. A module of Node fails to bundle; TensorFlow.js where it does not belong breaks the limit by far, and
 * so do zod's messages in other languages than English.
 */
import type {SizeLimitConfig} from 'size-limit';
import {hosts, sizeLimits} from './.ci/size-limits.ts';

export default Object.entries(sizeLimits).flatMap(([name, parts]) =>
  Object.entries(parts).map(([part, limit]) => ({
    name: part === '*' ? name : `${name}: ${part}`,
    path: `packages/${name}/src/index.ts`,
    ...(part === '*' ? {} : {import: `{ ${part} }`}),
    ignore: [...(hosts[name] ?? [])],
    gzip: true,
    limit,
    modifyEsbuildConfig: (config: object) => ({
      ...config,
      format: 'esm',
      platform: 'browser',
      conditions: ['@minefield/source'],
    }),
  })),
) satisfies SizeLimitConfig;
