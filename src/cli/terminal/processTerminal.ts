import type { Terminal } from "../command";

const CLEAR_LINE = "\r\u001b[2K";

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  let drawn = false;
  const draw = (text: string) => {
    if (!stderr.isTTY || (text === "" && !drawn)) return;
    stderr.write(`${CLEAR_LINE}${text}`);
    drawn = text !== "";
  };
  return {
    print: (text) => void stdout.write(`${text}\n`),
    say: (text) => {
      draw("");
      stderr.write(`${text}\n`);
    },
    get columns() {
      // Some terminals do not know their width, and say 0.
      return stderr.isTTY ? stderr.columns || 80 : null;
    },
    draw,
  };
}
