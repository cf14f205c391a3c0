/** Replaces a figure's static picture with an interactive one. Loaded on demand, for it brings Vega with it. */
import embed, {type VisualizationSpec} from 'vega-embed';

/**
 * @param picture the element that holds the static SVG; `data-spec` says where its Vega-Lite specification is
 * @throws {Error} when the specification cannot be had; the picture is then untouched
 */
export async function embedFigure(picture: HTMLElement): Promise<void> {
  const response = await fetch(picture.dataset['spec'] ?? '');
  if (!response.ok) throw new Error(`${response.url}: HTTP ${response.status}`);
  const spec = (await response.json()) as VisualizationSpec;
  const stage = document.createElement('div');
  stage.className = 'figure-stage';
  // Beside the picture but unseen, until it is drawn.
  stage.hidden = true;
  picture.append(stage);
  try {
    await embed(stage, spec, {
      mode: 'vega-lite',
      renderer: 'svg',
      actions: false,
      defaultStyle: false,
      tooltip: {disableDefaultStyle: true},
    });
  } catch (error) {
    stage.remove();
    throw error;
  }
  stage.hidden = false;
  picture.replaceChildren(stage);
  picture.dataset['interactive'] = '';
}
