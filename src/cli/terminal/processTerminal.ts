import { visible } from "../../experiment/visibleText";
import { EXIT } from "../../run/exitCodes";
import type { Terminal } from "../command";

const CLEAR_LINE = "\r\u001b[2K";

/** What a stream says whose reader has gone: a pipe, a closed terminal, a connection. */
const READER_GONE: readonly (string | undefined)[] = ["EPIPE", "EIO", "ECONNRESET", "ERR_STREAM_DESTROYED"];

/**
 * The terminal of this process. Losing who reads it ends nothing: what is computed is kept in files. Results that could not be
 * written for another reason (a full disk) are said, and make the program end as failed. Text of files is shown, and nothing in it
 * obeyed.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const messages = writerOf(stderr, () => {});
  const results = writerOf(stdout, ({ message }) => {
    messages.write(`stdout: ${message}\n`);
    process.once("exit", (code) => {
      if (code === EXIT.done) process.exitCode = EXIT.failed;
    });
  });
  let drawn = false;
  const draw = (text: string) => {
    if (!stderr.isTTY || (text === "" && !drawn)) return;
    messages.write(`${CLEAR_LINE}${visible(text)}`);
    drawn = text !== "";
  };
  return {
    print: (text) => results.write(`${visible(text)}\n`),
    say: (text) => {
      draw("");
      messages.write(`${visible(text)}\n`);
    },
    get columns() {
      // Some terminals do not know their width, and say 0.
      return stderr.isTTY && !messages.lost ? stderr.columns || 80 : null;
    },
    draw,
  };
}

/** Writes until the stream fails, then no more. @param onFailure told of a failure that is not its reader's */
function writerOf(stream: NodeJS.WriteStream, onFailure: (error: Error) => void) {
  let lost = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!lost && !READER_GONE.includes(error.code)) onFailure(error);
    lost = true;
  });
  return {
    get lost() {
      return lost;
    },
    write(text: string) {
      if (!lost) stream.write(text);
    },
  };
}
