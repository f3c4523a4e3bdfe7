import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { codeOf } from "../../../src/messages/codeOf";

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("the code of what was thrown", () => {
  it("is that of the system, or of zlib", () => {
    expect(codeOf(thrownBy(() => readFileSync("no such file")))).toBe("ENOENT");
    expect(codeOf(thrownBy(() => gunzipSync(Buffer.from("no gzip"))))).toBe("Z_DATA_ERROR");
  });

  it("is undefined for anything else", () => {
    const others = [new Error("ENOENT"), Object.assign(new Error(), { code: 7 }), { code: "ENOENT" }, null];
    expect(others.map(codeOf)).toEqual(others.map(() => undefined));
  });
});
