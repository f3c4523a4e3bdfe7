import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../../src/cli/commandTable";
import { temporaryFolder } from "../../support/folder";
import { gyrus } from "../../support/memoryTerminal";

const { printed: script } = await gyrus("completion", "bash");
/** What bash offers for the last of `words`, as a press of Tab does. */
function offered(...words: string[]): string[] {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "maps"));
  writeFileSync(join(folder, "my study.tsv"), "");
  const line = ["gyrus", ...words].map((word) => `"${word}"`).join(" ");
  const ask = `${script}
COMP_WORDS=(${line})
COMP_CWORD=${words.length}
_gyrus
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync("bash", ["--norc", "-c", ask], { cwd: folder, encoding: "utf8" });
  return output.split("\n").filter((word) => word !== "");
}

describe("the completion of bash", () => {
  it("knows every command", () => {
    const first = offered("");
    expect(first).toEqual([...new Set([...COMMANDS.map(({ name }) => name.split(" ")[0]), "help"])]);
    expect(offered("tsv", "")).toEqual(["get-labels", "split", "kfold", "make-splits", "analysis"]);
    expect(offered("pre")).toEqual(["predict"]);
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    "knows the options of %s",
    (name, command) => {
      const options = [...Object.keys(command.options), "json", "verbose", "help"];
      expect(offered(...name.split(" "), "--")).toEqual(options.map((option) => `--${option}`));
    },
  );

  it("knows the choices of an option and of a place", () => {
    expect(offered("train", "a.json", "--engine", "")).toEqual(["auto", "onnx", "webgpu", "tensorflow"]);
    expect(offered("interpret", "maps", "--split", "0", "test", "why", "g")).toEqual([
      "gradients",
      "grad-cam",
    ]);
    expect(offered("engines", "install", "")).toEqual(["tensorflow-gpu", "node"]);
    expect(offered("engines", "")).toEqual(["bench", "install"]);
  });

  it("offers folders where a folder is asked, files where a file is", () => {
    expect(offered("predict", "")).toEqual(["maps"]);
    expect(offered("predict", "maps", "test", "--tsv", "my")).toEqual(["my study.tsv"]);
    expect(offered("train", "--output", "")).toEqual(["maps"]);
  });

  it("leaves free words to the user", () => {
    expect(offered("predict", "maps", "")).toEqual([]);
    expect(offered("predict", "maps", "test", "--label", "")).toEqual([]);
  });
});

it("zsh takes the completion of bash", async () => {
  const { printed } = await gyrus("completion", "zsh");
  expect(printed).toMatch(/^autoload -U \+X compinit/);
  expect(printed).toContain(script);
});
