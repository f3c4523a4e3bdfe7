import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { lastLines } from "../../../src/extension/trainer/trainerLog";

/** What Node prints of a program that dies of this. */
function deathOf(source: string): string {
  try {
    execFileSync(process.execPath, ["-e", source], { stdio: "pipe" });
  } catch (error) {
    if (error instanceof Error && "stderr" in error) return String(error.stderr);
  }
  throw new Error("It did not die.");
}

describe("the words of a trainer that died", () => {
  it("are the line of its error, not the places in the program below it", () => {
    const output = deathOf("console.error('epoch 1'); throw new Error('libonnxruntime.so.1: cannot open')");
    expect(output.trimEnd().split("\n").at(-1)).toMatch(/^Node\.js/);
    expect(lastLines(output)).toBe("Error: libonnxruntime.so.1: cannot open");
    expect(lastLines(deathOf("require('/there/is/none')"))).toMatch(/^Error: Cannot find module/);
    expect(lastLines(deathOf("Promise.reject(new RangeError('too long'))"))).toBe("RangeError: too long");
  });

  it("are that there was no memory, where V8 says so", () => {
    const output = [
      "<--- Last few GCs --->",
      "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
      "----- Native stack trace -----",
      " 1: 0xb9a330 node::Abort() [node]",
    ].join("\n");
    expect(lastLines(output)).toMatch(/^FATAL ERROR: Reached heap limit/);
  });

  it("are its last lines where it told of no error", () => {
    expect(lastLines("one\ntwo\n\n three \nfour\n")).toBe("two three four");
    expect(lastLines("gyrus train: The file does not exist. Check the path.\n")).toMatch(/^gyrus train: /);
  });
});
