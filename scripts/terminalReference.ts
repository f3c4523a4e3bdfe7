/** docs/terminal.md: the commands of `gyrus`, from their tables. */
import type { Command } from "../src/cli/command";
import { argumentText, usageOf } from "../src/cli/commandLine/help";
import { COMMON_OPTIONS, type Option, optionText, optionUsage } from "../src/cli/commandLine/options";
import { COMMANDS } from "../src/cli/commandTable";
import { EXIT } from "../src/run/exitCodes";

/** The page, in Markdown. */
export function terminalReference(): string {
  return `${[
    "# Gyrus in a terminal",
    "",
    "<!-- Written by `npm run docs` from the tables of the commands in src/cli. -->",
    "",
    "What the editor does with data it does by these commands, and so can a terminal or a cluster: `node dist/cli.js COMMAND ...`,",
    "or `gyrus COMMAND ...` where the package is linked. `gyrus help COMMAND` says what stands here. Options may be written with",
    "hyphens or with underscores, and as `--option value` or `--option=value`; a word after a lone `--` is no option.",
    "",
    "## What every command does",
    "",
    "Results go to stdout, messages and progress to stderr.",
    "",
    ...table("Option", Object.entries(COMMON_OPTIONS).map(optionRow)),
    "",
    ...table("Exit code", [
      [`\`${EXIT.done}\``, "done"],
      [`\`${EXIT.failed}\``, "failed on the way; what was finished stays"],
      [`\`${EXIT.badInput}\``, "bad input: nothing was begun"],
      [`\`${EXIT.stopped}\``, "stopped on request"],
    ]),
    "",
    "### `--json`",
    "",
    "Exactly one object goes to stdout, whatever happens, a misspelt option included:",
    "",
    "```json",
    '{ "ok": true, "result": { "warnings": [] } }',
    "```",
    "",
    "```json",
    "{",
    '  "ok": false,',
    '  "problems": [',
    "    {",
    '      "code": "label.missing",',
    '      "severity": "error",',
    '      "file": "/study/split/train.tsv",',
    '      "where": "row 3",',
    '      "key": null,',
    '      "message": "sub-01 ses-M000 has no age.",',
    '      "remedy": "Fill it in, or remove the row."',
    "    }",
    "  ]",
    "}",
    "```",
    "",
    "`ok` is true where the exit code is 0, and for an audit that found errors (1). Decide by `code`: [problems.md](problems.md) lists all of them, and they keep their meaning; sentences",
    "do not. `where` is a key of the experiment (`preprocessing_dict.patch_size`) or a row (`row 12`), `key` the key of the",
    "experiment that leads to a problem in another file; null where there is none. `result` is what the command made, with its",
    "`warnings`, which are problems too. Epochs count from 1, paths are absolute, dates are written as ISO 8601 does. `sets` of `train` and",
    "`resume`, who is in the sets of each split, is null for a finished training whose MAPS does not say so, as those of the first version.",
    "",
    "### Language",
    "",
    "Problems, progress, tables and help are said in English, or in French where the variable `GYRUS_LANGUAGE` is `fr`: the editor sets it to",
    "its own language. Codes, values, names of columns and files, and logs of events are the same in every language.",
    "",
    "### Completion",
    "",
    "`source <(gyrus completion bash)`, or `zsh`, completes commands, options, their choices and the names of files.",
    ...COMMANDS.flatMap(chapter),
  ].join("\n")}\n`;
}

function chapter(command: Command): string[] {
  const { name, summary, arguments: words, options, remarks = [], examples } = command;
  const rows = Object.entries<Option>(options).map(optionRow);
  return [
    "",
    `## ${name}`,
    "",
    `\`gyrus ${usageOf(command)}\``,
    "",
    escaped(summary),
    ...(words.length === 0
      ? []
      : [
          "",
          ...table(
            "Word",
            words.map((word) => [`\`${word.name}\``, escaped(argumentText(word))]),
          ),
        ]),
    ...(rows.length === 0 ? [] : ["", ...table("Option", rows)]),
    ...(remarks.length === 0 ? [] : ["", remarks.map(escaped).join(" ")]),
    "",
    "```sh",
    ...examples.map((example) => `gyrus ${example}`),
    "```",
  ];
}

const optionRow = ([name, option]: [string, Option]): [string, string] => [
  `\`${optionUsage(name, option).replaceAll("|", "\\|")}\``,
  escaped(optionText(option)),
];

/** Columns as wide as their widest cell, as the formatter of the project wants them. */
function table(title: string, rows: readonly (readonly [string, string])[]): string[] {
  const all = [[title, ""] as const, ...rows];
  const widths = [0, 1].map((column) => Math.max(3, ...all.map((row) => (row[column] ?? "").length)));
  const line = ([left, right]: readonly [string, string]) =>
    `| ${left.padEnd(widths[0] ?? 0)} | ${right.padEnd(widths[1] ?? 0)} |`;
  const [head = "", ...body] = all.map(line);
  return [head, `| ${"-".repeat(widths[0] ?? 0)} | ${"-".repeat(widths[1] ?? 0)} |`, ...body];
}

/** Angle brackets would be tags, and asterisks and underscores emphasis, outside of code. */
const escaped = (text: string) =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<>*_]/g, "\\$&")))
    .join("");
