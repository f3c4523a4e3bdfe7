import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { terminalReference } from "../../../scripts/terminalReference";
import { runCommandLine } from "../../../src/cli/commandLine/commandLine";
import { type ReplyProblem, readReply } from "../../../src/run/commandReply";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { gyrus } from "../../support/memoryTerminal";
import { writeTable } from "../../support/study";

describe("a long list of problems", () => {
  /** A table that holds `count` columns twice, each time with another value. */
  function table(count: number): string {
    const file = join(temporaryFolder(), "labels.tsv");
    const columns = Array.from({ length: count }, (_, i) => `column_${i}`);
    const lines = [
      [...columns, ...columns],
      [...columns.map(() => "1"), ...columns.map(() => "2")],
    ];
    writeFileSync(file, lines.map((cells) => cells.join("\t")).join("\n"));
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
    const rows = (said: string) => said.match(/more than once/g)?.length;
    const shown = await onScreen(...words);
    expect(shown).toContain("because of 30 problems:");
    expect(rows(shown)).toBe(10);
    expect(shown).toMatch(/and 20 more of these kinds: --verbose lists them all\.$/);
    expect(rows((await gyrus(...words)).said)).toBe(30);
    expect(rows(await onScreen(...words, "--verbose"))).toBe(30);
    expect(rows(await onScreen("tsv", "kfold", table(10)))).toBe(10);
  });
});

describe("--json", () => {
  it("names the file of a problem by its absolute path", async () => {
    const { reply } = await replyTo("describe", "absent.json", "--json");
    expect(reply.problems[0].file).toBe(resolve("absent.json"));
  });

  const replyTo = async (...words: string[]) => {
    const { exit, printed } = await gyrus(...words);
    expect(printed.split("\n")).toHaveLength(1);
    return { exit, reply: JSON.parse(printed) };
  };

  it("prints the result with its warnings", async () => {
    const { exit, reply } = await replyTo("completion", "bash", "--json");
    expect(exit).toBe(EXIT.done);
    expect(reply).toEqual({
      ok: true,
      result: { shell: "bash", script: expect.any(String), warnings: [] },
    });
    expect((await replyTo("--version", "--json")).reply.result).toEqual({ version: expect.any(String) });
    expect((await replyTo("--json", "help", "train")).reply.result.commands[0].name).toBe("train");
  });

  it.each([
    ["a command that there is not", ["trian", "--json"], "usage.no-command"],
    ["no word at all that is a command", ["tsv", "--json"], "usage.no-command"],
    ["an option that there is not", ["train", "--json", "--ouput", "x"], "usage.unknown-option"],
    ["a missing word", ["predict", "--json"], "usage.missing"],
    ["a file that is not there", ["describe", "absent.json", "--json"], "file.missing"],
    ["a network that does not work", ["describe", "resnet18", "--json"], "architecture.refused"],
    ["a MAPS that is none", ["resume", "/nowhere", "--json"], "maps.none"],
  ])("prints the problems of %s", async (_, words, code) => {
    const { exit, reply } = await replyTo(...words);
    expect(exit).toBe(EXIT.badInput);
    expect(reply).toEqual({ ok: false, problems: [expect.objectContaining({ code, severity: "error" })] });
    expect(Object.keys(reply.problems[0]).sort()).toEqual([
      "code",
      "file",
      "key",
      "message",
      "remedy",
      "severity",
      "where",
    ]);
  });

  it("prints what is wrong in many rows of a table once, with its first place and the number of the others", async () => {
    const file = join(temporaryFolder(), "labels.tsv");
    writeTable(
      file,
      [1, 2, 3].map((i) => ({ participant_id: `sub-${i}`, session_id: "", diagnosis: "AD" })),
    );
    const { reply } = await replyTo("tsv", "kfold", file, "--json");
    expect(
      reply.problems.map(({ code, file: where, where: row }: ReplyProblem) => [code, where, row]),
    ).toEqual([["table.key-empty", file, "row 2"]]);
    expect(reply.problems[0].remedy).toContain("2 more (labels.tsv row 3, labels.tsv row 4)");
  });

  it("is read by what the editor reads it with", async () => {
    const result = z.object({ shell: z.string() });
    const { printed } = await gyrus("completion", "bash", "--json");
    expect(readReply(result, printed)).toEqual({ ok: true, result: { shell: "bash" } });
    const refused = readReply(result, (await gyrus("completion", "fish", "--json")).printed);
    expect(refused).toMatchObject({ ok: false, problems: [{ code: "usage.choice" }] });
    for (const other of ["", "Segmentation fault", "{}", '{"ok":true}', '{"ok":true,"result":{}}']) {
      expect(readReply(result, other)).toBeNull();
    }
  });
});

describe("help", () => {
  it("says the defaults and choices of a command, and shows examples", async () => {
    const { printed } = await gyrus("predict", "--help");
    expect(printed).toMatch(/^Usage: gyrus predict MAPS GROUP \[options\]$/m);
    expect(printed).toMatch(
      /^ {2}--engine auto\|onnx\|webgpu\|tensorflow\s+what computes \(default auto\)$/m,
    );
    expect(printed).toMatch(/^ {2}--split N +only this split \(may be given several times\)$/m);
    expect(printed).toMatch(/^For example:\n {2}gyrus predict maps test/m);
    expect((await gyrus("help", "predict")).printed).toBe(printed);
  });

  it("is docs/terminal.md: `npm run docs` writes it", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../../docs/terminal.md"), "utf8");
    expect(page).toBe(terminalReference());
  });
});
