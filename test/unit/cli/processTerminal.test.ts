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

  it("shows what files would have it do, and obeys none of it", () => {
    const { terminal, written } = terminalOn({ isTTY: true, columns: 120 });
    terminal.say("sub-\u001b]52;c;aGk=\u0007\r01");
    terminal.print('{"id":"\u202e\u009b"}');
    terminal.draw("a\u001b[2J");
    // The terminal's own beginning of a line is all that is left.
    const left = written.join("").replaceAll("\r\u001b[2K", "").replaceAll("\n", "");
    expect(left).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(written).toContain("sub-\\u001b]52;c;aGk=\\u0007\\u000d01\n");
    expect(JSON.parse(written.find((text) => text.startsWith("{")) ?? "")).toEqual({ id: "\u202e\u009b" });
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
