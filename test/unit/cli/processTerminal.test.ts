import { EventEmitter } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { processTerminal } from "../../../src/cli/terminal/processTerminal";

describe("the terminal of the process", () => {
  afterEach(() => vi.unstubAllGlobals());

  function terminalOn({ isTTY = false, columns }: { readonly isTTY?: boolean; readonly columns?: number }) {
    const written: string[] = [];
    const stream = () =>
      Object.assign(new EventEmitter(), {
        isTTY,
        columns,
        write: (text: string) => void written.push(text),
      });
    const [stdout, stderr] = [stream(), stream()];
    vi.stubGlobal("process", { ...process, stdout, stderr });
    return { terminal: processTerminal(), written, stdout, stderr };
  }

  it("has the width of stderr, and none in a pipe", () => {
    expect(terminalOn({ isTTY: true, columns: 120 }).terminal.columns).toBe(120);
    expect(terminalOn({}).terminal.columns).toBeNull();
  });

  it("is taken for 80 columns wide where it does not know its width", () => {
    expect(terminalOn({ isTTY: true, columns: 0 }).terminal.columns).toBe(80);
  });

  it.each(["EPIPE", "EIO", "ECONNRESET"])("says no more to a reader that has gone: %s", (code) => {
    const { terminal, written, stderr } = terminalOn({ isTTY: true, columns: 120 });
    terminal.say("heard");
    stderr.emit("error", Object.assign(new Error(code), { code }));
    const heard = [...written];
    terminal.say("lost");
    terminal.draw("lost");
    expect(written).toEqual(heard);
    expect(terminal.columns).toBeNull();
    terminal.print("a result");
    expect(written.at(-1)).toBe("a result\n");
  });
});
