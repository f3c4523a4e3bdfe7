/** Rows as aligned columns: words to the left; numbers and sizes to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = header.map((title, column) => {
    const cells = rows.map((row) => row[column] ?? "");
    return {
      width: Math.max(title.length, ...cells.map((cell) => cell.length)),
      isText: cells.some((cell) => /^[a-z]/i.test(cell)),
    };
  });
  const line = (cells: readonly string[]) =>
    columns
      .map(({ width, isText }, column) => {
        const cell = cells[column] ?? "";
        return isText ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [line(header), columns.map(({ width }) => "-".repeat(width)).join("  "), ...rows.map(line)].join(
    "\n",
  );
}
