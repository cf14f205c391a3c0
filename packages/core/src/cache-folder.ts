/**
 * The folder that a platform has for files that can be fetched or made again. Linux and others: `$XDG_CACHE_HOME`, or else
 * `~/.cache`; macOS: `~/Library/Caches`; Windows: `%LOCALAPPDATA%`.
 *
 * @param platform as `process.platform` names it
 * @param environment variables of the process
 * @param home the user's own folder
 */
export function cacheFolder(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'darwin') return `${home}/Library/Caches`;
  if (platform === 'win32') return environment['LOCALAPPDATA'] || `${home}/AppData/Local`;
  // The specification has relative paths ignored.
  const folder = environment['XDG_CACHE_HOME'];
  return folder?.startsWith('/') ? folder : `${home}/.cache`;
}
