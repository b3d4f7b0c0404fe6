/// Tables whose columns are as wide as their widest cell; the first is aligned to the left.

export function printTable(title, columns, rows) {
  const all = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index].length)));
  console.log(`\n${title}`);
  for (const row of all) {
    const cells = row.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[index])));
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
}

/** A figure against its limit, as a ratio; with a mark when it is missed. */
export function against(figure, limit) {
  return limit === undefined ? '' : `${(figure / limit).toFixed(2)}${figure <= limit ? '' : ' MISSED'}`;
}

export const ms = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
