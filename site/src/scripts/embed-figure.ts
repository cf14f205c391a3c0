/** Replaces a figure's static picture with an interactive one, and draws figures to keep. Brings Vega with it. */
import {figureTheme, fitFigure, type FigureSpec} from '@minefield/figures';
import embed, {type EmbedOptions} from 'vega-embed';
import {type Explorable, explorable, withoutHover} from './explorable.ts';

/** Expressions are interpreted: the site's policy lets nothing be evaluated. */
const options: EmbedOptions = {
  mode: 'vega-lite',
  renderer: 'svg',
  ast: true,
  actions: false,
  defaultStyle: false,
  tooltip: {disableDefaultStyle: true},
};

export interface Stage extends Omit<Explorable, 'spec'> {
  readonly element: HTMLElement;
  /** Zooms every panel about its middle. @param steps above 0 nearer */
  zoomBy(steps: number): void;
  /** All as it was at first. */
  reset(): void;
  end(): void;
}

/** An interactive figure in an element of its own, as wide as the picture that it is to stand for. */
export async function embedFigure(figure: FigureSpec, picture: HTMLElement): Promise<Stage> {
  const {spec, ...ways} = explorable(fitFigure(figure, picture.clientWidth));
  const element = document.createElement('div');
  // Text is measured on a canvas, which cannot inherit the page's font. The picture has its description as a whole.
  const config = {...figureTheme('current'), font: getComputedStyle(picture).fontFamily, mark: {aria: false}};
  const {finalize} = await embed(element, spec, {...options, config});
  element.role = 'img';
  element.ariaLabel = spec.description ?? '';
  element.className = 'figure-stage';
  element.addEventListener('wheel', turned, {capture: true, passive: false});
  const panels = (): readonly Element[] => [
    ...element.querySelectorAll('.role-frame .background, .role-scope .background'),
  ];
  const send = (make: (at: {readonly clientX: number; readonly clientY: number}) => Event): void => {
    for (const panel of panels()) {
      const {left, top, width, height} = panel.getBoundingClientRect();
      panel.dispatchEvent(make({clientX: left + width / 2, clientY: top + height / 2}));
    }
  };
  return {
    ...ways,
    element,
    zoomBy: (steps) => {
      send((at) => wheel({...at, deltaY: -240 * steps}));
    },
    reset: () => {
      send((at) => new MouseEvent('dblclick', {...at, bubbles: true, view: window}));
    },
    end: finalize,
  };
}

function wheel(init: WheelEventInit): WheelEvent {
  return new WheelEvent('wheel', {...init, shiftKey: true, bubbles: true, cancelable: true, view: window});
}

/** With shift held, browsers turn a wheel into sideways scrolling, which zooms nothing. */
function turned(event: WheelEvent): void {
  if (!event.shiftKey || event.deltaY !== 0 || event.deltaX === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const {clientX, clientY, deltaX, deltaMode} = event;
  event.target?.dispatchEvent(wheel({clientX, clientY, deltaY: deltaX, deltaMode}));
}

/** The whole figure on white, 680 pixels wide; a PNG has twice as many. */
export async function drawFigure(figure: FigureSpec, format: 'svg' | 'png'): Promise<Blob> {
  const config = {...figureTheme('light'), background: '#ffffff'};
  const still = withoutHover(fitFigure(figure, 680));
  const {view, finalize} = await embed(document.createElement('div'), still, {...options, config});
  try {
    if (format === 'svg') return new Blob([await view.toSVG()], {type: 'image/svg+xml'});
    const canvas = await view.toCanvas(2);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('drawFigure: the browser made no picture of the canvas'));
        else resolve(blob);
      });
    });
  } finally {
    finalize();
  }
}
