/** Hands what this page has loaded to the service worker, which keeps it for when there is no network. */
import {siteRoot} from '../explorers/data/site-root.ts';

async function register(): Promise<void> {
  await navigator.serviceWorker.register(`${siteRoot()}sw.js`);
  const {active} = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({name}) => name);
  active?.postMessage({keep: [location.href.replace(/[?#].*$/, ''), ...new Set(loaded)]}, {});
}

// Without one everything works but reading offline; pages from a disk have none.
if ('serviceWorker' in navigator && isSecureContext && location.protocol.startsWith('http')) {
  addEventListener('load', () => {
    register().catch(() => undefined);
  });
}
