/** Opens the Vega Editor in a window of its own and hands a specification over by message: nothing is uploaded. */
import type {FigureSpec} from '@minefield/figures';

const EDITOR = 'https://vega.github.io/editor/';

/** How often, and for how long, the editor is called until it answers that it has started. */
const EVERY = 250;
const CALLS = 40;

export function openInEditor(spec: FigureSpec): void {
  const editor = window.open(EDITOR);
  if (editor === null) return;
  const message = {mode: 'vega-lite', spec: JSON.stringify(spec, null, 2), config: {}, renderer: 'svg'};
  let calls = 0;
  const timer = setInterval(() => {
    if (calls++ < CALLS) editor.postMessage(message, new URL(EDITOR).origin);
    else stop();
  }, EVERY);
  const answered = ({source}: MessageEvent): void => {
    if (source === editor) stop();
  };
  const stop = (): void => {
    clearInterval(timer);
    removeEventListener('message', answered);
  };
  addEventListener('message', answered);
}
