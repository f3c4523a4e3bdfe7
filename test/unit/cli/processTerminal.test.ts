import { afterEach, describe, expect, it, vi } from "vitest";
import { processTerminal } from "../../../src/cli/terminal/processTerminal";

describe("the terminal of the process", () => {
  afterEach(() => vi.unstubAllGlobals());
  const withStderr = (stderr: { readonly isTTY: boolean; readonly columns?: number }) => {
    vi.stubGlobal("process", { ...process, stderr: { ...stderr, on: () => {} } });
    return processTerminal().columns;
  };

  it("has the width of stderr, and none in a pipe", () => {
    expect(withStderr({ isTTY: true, columns: 120 })).toBe(120);
    expect(withStderr({ isTTY: false })).toBeNull();
  });

  it("is taken for 80 columns wide where it does not know its width", () => {
    expect(withStderr({ isTTY: true, columns: 0 })).toBe(80);
  });
});
