/**
 * Gives every figure a button that replaces its picture with an interactive one. The libraries for it are loaded at
 * the first press, and nothing is loaded before; a figure that cannot be replaced stays as it is.
 */
export {};

for (const actions of document.querySelectorAll<HTMLElement>('[data-figure-actions]')) {
  const pictures = [...(actions.closest('figure')?.querySelectorAll<HTMLElement>('[data-spec]') ?? [])];
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
      await Promise.all(pictures.map((picture) => embedFigure(picture)));
      button.remove();
      status.textContent = 'Interactive: point at the marks.';
    } catch {
      button.disabled = false;
      status.textContent = 'This did not load; the picture stays as it is.';
    }
  });
  actions.prepend(button, status);
}
