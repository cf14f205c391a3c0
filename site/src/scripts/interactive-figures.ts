/**
 * Tools under every figure: explore it, read its values, save it. All that they need is loaded at the first press, and nothing
 * before; a figure that cannot be replaced stays as it is.
 */
import type {FigureSpec} from '@minefield/figures';
import type {Stage} from './embed-figure.ts';

const FAILED = 'This did not load; the picture stays as it is.';

for (const tools of document.querySelectorAll<HTMLElement>('[data-figure-actions]')) {
  const figure = tools.closest('figure');
  const picture = figure?.querySelector<HTMLElement>('[data-spec]');
  const address = picture?.dataset['spec'];
  if (figure === null || picture === null || picture === undefined || address === undefined) continue;
  equip({
    figure,
    picture,
    address,
    tools,
    title: figure.querySelector('figcaption strong')?.textContent ?? '',
  });
}

interface Parts {
  readonly figure: HTMLElement;
  readonly picture: HTMLElement;
  readonly address: string;
  readonly tools: HTMLElement;
  readonly title: string;
}

function equip(parts: Parts): void {
  const {tools, address, title} = parts;
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  let spec: Promise<FigureSpec> | undefined;
  const load = (): Promise<FigureSpec> => {
    spec ??= specificationAt(address);
    spec.catch(() => (spec = undefined));
    return spec;
  };
  /** Does what was asked for, unless it is being done. */
  const during = (button: HTMLButtonElement, work: () => Promise<string>): void => {
    button.addEventListener('click', async () => {
      if (button.ariaBusy === 'true') return;
      // Not `disabled`, which would take the focus away.
      button.ariaBusy = 'true';
      status.textContent = 'Loading…';
      try {
        status.textContent = await work();
      } catch {
        status.textContent = FAILED;
      }
      button.ariaBusy = null;
    });
  };
  tools.replaceChildren(
    ...(tools.dataset['figureActions'] === 'still' ? [] : exploring(parts, load, during)),
    reading(parts, load, during),
    saving(address, title, load, during),
    status,
  );
}

async function specificationAt(address: string): Promise<FigureSpec> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return (await response.json()) as FigureSpec;
}

type Load = () => Promise<FigureSpec>;
type During = (button: HTMLButtonElement, work: () => Promise<string>) => void;

function buttonOf(text: string, hidden = ''): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  if (hidden !== '') {
    const rest = document.createElement('span');
    rest.className = 'visually-hidden';
    rest.textContent = hidden;
    button.append(rest);
  }
  return button;
}

/** The picture gives way to an interactive one, and comes back. */
function exploring({picture, title}: Parts, load: Load, during: During): Node[] {
  const button = buttonOf('Explore', ` “${title}”`);
  button.setAttribute('aria-pressed', 'false');
  const zoom = document.createElement('span');
  zoom.className = 'figure-zoom';
  zoom.role = 'group';
  zoom.ariaLabel = 'Zoom';
  zoom.hidden = true;
  const still = [...picture.childNodes];
  let stage: Stage | undefined;
  const actions: readonly (readonly [string, string, () => void])[] = [
    ['−', 'Zoom out', () => stage?.zoomBy(-1)],
    ['+', 'Zoom in', () => stage?.zoomBy(1)],
    ['Reset', 'Reset the view', () => stage?.reset()],
  ];
  zoom.append(
    ...actions.map(([text, label, act]) => {
      const small = buttonOf(text);
      small.ariaLabel = label;
      small.addEventListener('click', act);
      return small;
    }),
  );
  during(button, async () => {
    if (stage === undefined) {
      const {embedFigure} = await import('./embed-figure.ts');
      stage = await embedFigure(await load(), picture);
      picture.replaceChildren(stage.element);
    } else {
      stage.end();
      stage = undefined;
      picture.replaceChildren(...still);
    }
    button.setAttribute('aria-pressed', String(stage !== undefined));
    picture.toggleAttribute('data-interactive', stage !== undefined);
    zoom.hidden = stage?.zoom !== true;
    return stage === undefined ? '' : waysOf(stage);
  });
  return [button, zoom];
}

function waysOf({values, linked, zoom, legend}: Stage): string {
  return [
    ...(values ? [`Point at the marks to read their values${linked ? ' in all panels' : ''}.`] : []),
    ...(legend ? ['Press an entry of the legend to see it alone.'] : []),
    ...(zoom ? ['Shift and wheel zoom, dragging moves, a double click resets.'] : []),
  ].join(' ');
}

function reading({figure, tools, title}: Parts, load: Load, during: During): HTMLElement {
  const button = buttonOf('Values', ` of “${title}”`);
  button.setAttribute('aria-expanded', 'false');
  let table: HTMLElement | undefined;
  during(button, async () => {
    if (table === undefined) {
      const {valuesTable} = await import('./values-table.ts');
      table = valuesTable(await load(), title);
      table.id = `${figure.id}-values`;
      tools.after(table);
      button.setAttribute('aria-controls', table.id);
    } else table.hidden = !table.hidden;
    button.setAttribute('aria-expanded', String(!table.hidden));
    return '';
  });
  return button;
}

/** A list of files behind one button. Escape closes it, and so does leaving it. */
function saving(address: string, title: string, load: Load, during: During): HTMLElement {
  const name = /([^/]*)[.]json$/.exec(address)?.[1] ?? 'figure';
  const menu = document.createElement('span');
  menu.className = 'figure-menu';
  const button = buttonOf('Save', ` “${title}”`);
  const list = document.createElement('ul');
  const show = (open: boolean): void => {
    list.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };
  const item = (text: string, work: (spec: FigureSpec) => Promise<void>): HTMLLIElement => {
    const entry = buttonOf(text);
    during(entry, async () => {
      await work(await load());
      show(false);
      button.focus();
      return '';
    });
    const line = document.createElement('li');
    line.append(entry);
    return line;
  };
  const picture = (text: string, format: 'svg' | 'png'): HTMLLIElement =>
    item(text, async (spec) => {
      const {drawFigure} = await import('./embed-figure.ts');
      save(await drawFigure(spec, format), `${name}.${format}`);
    });
  const rows = (text: string, format: 'csv' | 'json'): HTMLLIElement =>
    item(text, async (spec) => {
      const {tablesOf, toCsv, toJson} = await import('./figure-rows.ts');
      const tables = tablesOf(spec);
      const [content, type] =
        format === 'csv' ? [toCsv(tables), 'text/csv'] : [toJson(tables), 'application/json'];
      save(new Blob([content], {type}), `${name}-rows.${format}`);
    });
  list.append(
    picture('Picture (SVG)', 'svg'),
    picture('Picture (PNG)', 'png'),
    rows('Rows (CSV)', 'csv'),
    rows('Rows (JSON)', 'json'),
    item('Vega-Lite specification', async (spec) => {
      save(new Blob([JSON.stringify(spec)], {type: 'application/json'}), `${name}.json`);
    }),
    item('Open in the Vega Editor (leaves this site)', async (spec) => {
      const {openInEditor} = await import('./vega-editor.ts');
      openInEditor(spec);
    }),
  );
  show(false);
  button.addEventListener('click', () => show(list.hidden !== false));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || list.hidden) return;
    show(false);
    button.focus();
  });
  menu.addEventListener('focusout', ({relatedTarget}) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) show(false);
  });
  document.addEventListener('pointerdown', ({target}) => {
    if (target instanceof Node && !menu.contains(target)) show(false);
  });
  menu.append(button, list);
  return menu;
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
