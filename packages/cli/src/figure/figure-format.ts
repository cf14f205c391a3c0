import type {FigureSpec, FigureTheme} from '@minefield/figures';
import {FONT, loadCanvas} from './load-canvas.ts';

export interface Look {
  /** Of the whole figure, in CSS pixels. */
  readonly width: number;
  readonly theme: FigureTheme;
  /** Pixels of a PNG for each CSS pixel. */
  readonly scale: number;
  readonly background: 'transparent' | 'page';
}

type Draw = (spec: FigureSpec, look: Look) => Promise<string | Uint8Array>;

/** A CSS pixel in the points of PDF. */
const POINTS = 0.75;

export type FigureFormat = 'svg' | 'png' | 'pdf' | 'vl.json';

/** How one figure is written, by the ending of its file. */
export const figureFormats: Readonly<Record<FigureFormat, Draw>> = {svg, png, pdf, 'vl.json': vegaLite};

async function svg(spec: FigureSpec, {width, theme, background}: Look): Promise<string> {
  const {renderSvg} = await import('@minefield/figures');
  return `${await renderSvg(spec, {width, theme, background})}\n`;
}

async function png(spec: FigureSpec, look: Look): Promise<Uint8Array> {
  const {createCanvas} = await loadCanvas();
  const open = (across: number, down: number) => createCanvas(across, down).getContext('2d');
  const {canvas} = await onto(spec, look, look.scale, open);
  return canvas.encode('png');
}

async function pdf(spec: FigureSpec, look: Look): Promise<Uint8Array> {
  const {PDFDocument} = await loadCanvas();
  const about = {title: titleOf(spec), subject: spec.description ?? '', creator: 'minefield figure'};
  const document = new PDFDocument(about);
  await onto(spec, look, POINTS, (across, down) => document.beginPage(across, down));
  document.endPage();
  return document.close();
}

async function onto<Context extends object>(
  spec: FigureSpec,
  {width, theme, background}: Look,
  scale: number,
  open: (across: number, down: number) => Context,
): Promise<Context> {
  const {createCanvas} = await loadCanvas();
  const {renderOnto} = await import('@minefield/figures');
  const ruler = createCanvas(1, 1).getContext('2d');
  const textWidth = (text: string, font: string): number => {
    ruler.font = font;
    return ruler.measureText(text).width;
  };
  return renderOnto(spec, open, {width, theme, background, scale, font: FONT, textWidth});
}

/** With its look inside, so that an editor shows it as it is meant. */
async function vegaLite(spec: FigureSpec, {width, theme, background}: Look): Promise<string> {
  const {figureTheme, fitFigure} = await import('@minefield/figures');
  const {config, ...fitted} = fitFigure(spec, width);
  const look = figureTheme(theme, {background});
  const whole = {...fitted, config: {...look, legend: {...look.legend, ...config?.legend}}};
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** The heading of a figure, on one line. */
function titleOf({title}: FigureSpec): string {
  const text = typeof title === 'object' && title !== null && 'text' in title ? title.text : title;
  return Array.isArray(text) ? text.join(' ') : typeof text === 'string' ? text : '';
}
