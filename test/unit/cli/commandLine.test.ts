import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../src/cli/commandLine";
import { temporaryFolder } from "../../support/folder";
import { gyrus } from "../../support/memoryTerminal";
import { writeTable } from "../../support/study";

describe("a long list of problems", () => {
  /** A table of `count` people without a session. */
  function table(count: number): string {
    const file = join(temporaryFolder(), "labels.tsv");
    const row = (_: unknown, i: number) => ({ participant_id: `sub-${i}`, session_id: "", diagnosis: "AD" });
    writeTable(file, Array.from({ length: count }, row));
    return file;
  }

  async function onScreen(...words: string[]): Promise<string> {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    await runCommandLine(words, { print: () => {}, say, columns: 80, draw: () => {} });
    return said.join("\n");
  }

  it("is cut on a screen, and says so, and is whole in a pipe or when it is asked", async () => {
    const words = ["tsv", "kfold", table(30)];
    const rows = (said: string) => said.match(/has no session_id/g)?.length;
    const shown = await onScreen(...words);
    expect(shown).toContain("because of 30 problems:");
    expect(rows(shown)).toBe(10);
    expect(shown).toMatch(/and 20 more of these kinds: --verbose lists them all\.$/);
    expect(rows((await gyrus(...words)).said)).toBe(30);
    expect(rows(await onScreen(...words, "--verbose"))).toBe(30);
    expect(rows(await onScreen("tsv", "kfold", table(10)))).toBe(10);
  });
});
