import {useEffect, useState} from 'preact/hooks';
import {type Findings, loadEngine, type Place, search} from './engine.ts';
import {stretchesOf} from './marked.ts';

type State = Findings | 'idle' | 'searching' | 'failed';

/** A field, and what is found as one types. What was typed is in the address, so that findings can be sent and come back to. */
export function Search() {
  const [started, setStarted] = useState(false);
  const [query, setQuery] = useState('');
  const [state, setState] = useState<State>('idle');

  useEffect(() => {
    setQuery(new URLSearchParams(location.search).get('q') ?? '');
    setStarted(true);
  }, []);

  useEffect(() => {
    if (!started) return;
    const asked = query.trim();
    history.replaceState(null, '', asked === '' ? location.pathname : `?q=${encodeURIComponent(asked)}`);
    if (asked === '') {
      setState('idle');
      return;
    }
    let current = true;
    setState((before) => (typeof before === 'object' ? before : 'searching'));
    search(asked)
      .catch((): 'failed' => 'failed')
      .then((found) => current && found !== null && setState(found));
    return () => {
      current = false;
    };
  }, [query, started]);

  return (
    <search class="search">
      <label for="search-field">Words on these pages, or names in the reference</label>
      <input
        id="search-field"
        type="search"
        autocomplete="off"
        spellcheck={false}
        disabled={!started}
        value={query}
        onFocus={() => void loadEngine().catch(() => undefined)}
        onInput={({currentTarget}) => setQuery(currentTarget.value)}
      />
      <p class="search-status" role="status">
        {started ? statusOf(state) : 'Searching takes JavaScript, and a page that came from a server.'}
      </p>
      {typeof state === 'object' && (
        <ol class="search-found">
          {state.pages.map(({places, ...page}) => (
            <li key={page.url}>
              <Finding {...page} />
              {places.length > 0 && (
                <ul>
                  {places.map((place) => (
                    <li key={place.url}>
                      <Finding {...place} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
    </search>
  );
}

function Finding({title, url, excerpt}: Place) {
  return (
    <>
      <a href={url}>{title}</a>
      <p>{stretchesOf(excerpt).map(({text, found}) => (found ? <mark>{text}</mark> : text))}</p>
    </>
  );
}

function statusOf(state: State): string {
  if (state === 'idle') return '';
  if (state === 'searching') return 'Searching …';
  if (state === 'failed') return 'The index could not be loaded; try again when there is a network.';
  if (state.count === 0) return 'Nothing found.';
  const all = `${state.count} ${state.count === 1 ? 'page' : 'pages'}`;
  return state.pages.length < state.count ? `${all}, of which the first ${state.pages.length}` : all;
}
