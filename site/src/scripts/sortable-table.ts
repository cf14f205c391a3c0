/** Makes the headings of `table[data-sortable]` buttons that sort it. Rows without a value stay last. */
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
  headings.forEach((heading, column) => {
    if (heading.querySelector('.visually-hidden') !== null) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    button.addEventListener('click', () => sort(table, headings, column));
    heading.append(button);
  });
}

function sort(table: HTMLTableElement, headings: readonly HTMLTableCellElement[], column: number): void {
  const heading = headings[column];
  const body = table.tBodies[0];
  if (heading === undefined || body === undefined) return;
  const direction = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
  for (const other of headings) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', direction);
  const sign = direction === 'ascending' ? 1 : -1;
  const rows = [...body.rows].map((row) => ({row, key: keyOf(row.cells[column])}));
  rows.sort(({key: a}, {key: b}) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (
      sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)))
    );
  });
  body.append(...rows.map(({row}) => row));
}

/** A cell's number where it has one (`data-value`), else its text; null for a number that is missing. */
function keyOf(cell: HTMLTableCellElement | undefined): number | string | null {
  if (cell === undefined) return null;
  if (!cell.classList.contains('numeric')) return cell.textContent.trim();
  const value = cell.dataset['value'];
  return value === undefined || value === '' ? null : Number(value);
}
