/** Whether this process runs where the registry's signer knows who it is. */
export function canAttest(env: Readonly<Record<string, string | undefined>>): boolean {
  const set = (name: string): boolean => (env[name] ?? '') !== '';
  return set('GITHUB_ACTIONS')
    ? set('ACTIONS_ID_TOKEN_REQUEST_URL')
    : set('GITLAB_CI') && set('SIGSTORE_ID_TOKEN');
}
