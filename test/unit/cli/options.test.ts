import { describe, expect, it } from "vitest";
import { COMMON_OPTIONS, type Options } from "../../../src/cli/commandLine/options";
import { parseWords } from "../../../src/cli/commandLine/parseWords";
import { UsageError } from "../../../src/cli/commandLine/usageError";
import { COMMANDS } from "../../../src/cli/commandTable";

const tables = {
  arguments: [
    { name: "MAPS", text: "" },
    { name: "METHOD", text: "", choices: ["gradients", "grad-cam"] },
    { name: "OUTPUT", text: "", optional: true },
  ],
  options: {
    "skip-leak-check": { kind: "flag", text: "" },
    caps: { kind: "text", value: "CAPS", text: "" },
    diagnoses: { kind: "text", value: "DIAGNOSIS", many: true, text: "" },
    engine: { kind: "choice", choices: ["auto", "onnx"], default: "auto", text: "" },
    threads: { kind: "whole", value: "N", least: 0, text: "" },
    share: { kind: "number", value: "P", least: 0, most: 1, default: 0.5, text: "" },
  },
} as const;

const parse = (...words: string[]) => parseWords(words, tables);

function misuseOf(...words: string[]) {
  try {
    parse(...words);
  } catch (error) {
    if (error instanceof UsageError) return [error.problem.code, error.message];
    throw error;
  }
  return undefined;
}

describe("the words of a command", () => {
  it("are what its tables say, with their defaults", () => {
    expect(parse("maps", "gradients")).toEqual({
      given: { MAPS: "maps", METHOD: "gradients", OUTPUT: undefined },
      options: {
        "skip-leak-check": false,
        caps: undefined,
        diagnoses: undefined,
        engine: "auto",
        threads: undefined,
        share: 0.5,
      },
    });
  });

  it.each([["--skip-leak-check"], ["--skip_leak_check"], ["--skip_leak-check"]])(
    "have hyphens or underscores: %s",
    (word) => {
      expect(parse("maps", word, "gradients").options["skip-leak-check"]).toBe(true);
    },
  );

  it("take values behind a sign or as the next word, several where they may, else the last", () => {
    const words = ["--diagnoses=AD", "--diagnoses", "CN", "--threads=2", "--threads", "4", "--share", "0"];
    expect(parse("maps", "grad-cam", ...words).options).toMatchObject({
      diagnoses: ["AD", "CN"],
      threads: 4,
      share: 0,
    });
    expect(parse("maps", "grad-cam", "--caps", "-1").options.caps).toBe("-1");
  });

  it("are no options after a lone --", () => {
    expect(parse("maps", "grad-cam", "--", "--engine").given.OUTPUT).toBe("--engine");
  });

  it.each([
    ["usage.missing", ["maps"], "METHOD is missing."],
    ["usage.missing", [], "MAPS, METHOD is missing."],
    ["usage.missing", ["", "grad-cam"], "MAPS is missing."],
    ["usage.extra-word", ["maps", "grad-cam", "out", "more"], '"more" is one word too many.'],
    ["usage.choice", ["maps", "lime"], "METHOD lime: expected gradients, grad-cam."],
    ["usage.choice", ["maps", "grad-cam", "--engine", "torch"], "--engine torch: expected auto, onnx."],
    [
      "usage.unknown-option",
      ["maps", "--thread", "2"],
      "There is no option --thread. Did you mean --threads?",
    ],
    ["usage.unknown-option", ["maps", "-x"], "There is no option -x."],
    ["usage.unknown-option", ["maps", "--constructor", "x"], "There is no option --constructor."],
    ["usage.no-value", ["maps", "--caps", "--engine", "onnx"], "--caps needs a value."],
    ["usage.no-value", ["maps", "grad-cam", "--caps"], "--caps needs a value."],
    ["usage.takes-no-value", ["maps", "--skip-leak-check=yes"], "--skip-leak-check takes no value."],
    [
      "usage.whole-number",
      ["maps", "--threads", "1.5"],
      "--threads 1.5: expected a whole number of at least 0.",
    ],
    ["usage.no-value", ["maps", "--threads", ""], "--threads needs a value."],
    ["usage.no-value", ["maps", "--caps="], "--caps needs a value."],
    ["usage.number", ["maps", "--share", "80"], "--share 80: expected a number from 0 to 1."],
  ])("are refused by a code: %s %j", (code, words, message) => {
    const refused = misuseOf(...words);
    expect(refused?.[0]).toBe(code);
    expect(refused?.[1]).toContain(message);
  });
});

describe("the tables of the commands", () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    "%s names its options with hyphens, leaves out only its last words, and shows an example that it can read",
    async (name, command) => {
      const own: Options = command.options;
      for (const option of Object.keys(own)) {
        expect(option).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(COMMON_OPTIONS).not.toHaveProperty(option);
      }
      const optional = command.arguments.map(({ optional: may }) => may === true);
      expect([...optional].sort()).toEqual(optional);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        expect(example.startsWith(name)).toBe(true);
        const [shown = ""] = example.slice(name.length).split(" > ");
        const words = shown.split(" ").filter((word) => word !== "");
        expect(() => parseWords(words, command)).not.toThrow();
      }
    },
  );
});
