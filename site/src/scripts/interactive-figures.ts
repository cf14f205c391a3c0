/**
 * Gives every figure a button that replaces its picture with an interactive one. The libraries for it are loaded at
 * the first press, and nothing is loaded before; a figure that cannot be replaced stays as it is.
 */
for (const actions of document.querySelectorAll<HTMLElement>('[data-figure-actions]')) {
  const figure = actions.closest('figure');
  const picture = figure?.querySelector<HTMLElement>('[data-spec]');
  if (figure === null || picture === null || picture === undefined) continue;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Explore the values';
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    button.disabled = true;
    status.textContent = 'Loading…';
    try {
      const {embedFigure} = await import('./embed-figure.ts');
      await embedFigure(picture);
      button.remove();
      status.textContent = 'Point at the marks to read their values.';
    } catch {
      button.disabled = false;
      status.textContent = 'This did not load; the picture stays as it is.';
    }
  });
  actions.prepend(button, status);
}
