import {expect, it} from 'vitest';
import {canAttest} from './provenance.ts';

it('knows the CIs that can state where a package is from', () => {
  expect(canAttest({})).toBe(false);
  expect(canAttest({CI: 'true'})).toBe(false);
  expect(canAttest({GITHUB_ACTIONS: 'true'})).toBe(false);
  expect(canAttest({GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.test/'})).toBe(true);
  expect(canAttest({GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: ''})).toBe(false);
  expect(canAttest({GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: 'token'})).toBe(true);
});
