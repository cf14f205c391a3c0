/** A download that did not come about: there is no network, or the server does not send what it should. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}
