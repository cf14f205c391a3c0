import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

/**
 * A module for `--import` that looks for some packages from a folder which has none, so that Node itself says that they are
 * not there.
 */
export function hide(names: readonly string[], folder: string): string {
  return `data:text/javascript,${encodeURIComponent(`
    import {registerHooks} from 'node:module';
    registerHooks({
      resolve: (name, context, next) => next(name, ${JSON.stringify(names)}.includes(name)
        ? {...context, parentURL: ${JSON.stringify(pathToFileURL(join(folder, 'any.js')).href)}}
        : context),
    });
  `)}`;
}
