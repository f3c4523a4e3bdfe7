/** Characters. */
const LARGEST_NUMBER = 6;

/**
 * A Markdown table that is printed line by line, as its rows become known. The first column is text, the others are numbers.
 * @param names of all the rows that may come: the width of the first column
 * @returns prints a row: its name and its numbers
 */
export function beginTable(
  head: readonly string[],
  names: readonly string[],
  print: (line: string) => void,
): (name: string, numbers: readonly string[]) => void {
  const width = Math.max(...names.map((name) => name.length));
  const widths = head.map((title) => Math.max(title.length, LARGEST_NUMBER));
  const line = ([name = "", ...numbers]: readonly string[]) =>
    `| ${[name.padEnd(width), ...numbers.map((number, i) => number.padStart(widths[i]!))].join(" | ")} |`;
  print(line(["", ...head]));
  print(`| ${["-".repeat(width), ...widths.map((size) => `${"-".repeat(size - 1)}:`)].join(" | ")} |`);
  return (name, numbers) => print(line([name, ...numbers]));
}
