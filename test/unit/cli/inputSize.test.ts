import { describe, expect, it } from "vitest";
import { formatSize, parseInputSize } from "../../../src/cli/commandLine/inputSize";

describe("input size", () => {
  it("reads channels and two or three spatial sizes", () => {
    expect(parseInputSize("1@169x208x179")).toEqual([1, 169, 208, 179]);
    expect(parseInputSize("3@128x96")).toEqual([3, 128, 96]);
  });

  it.each(["169x208x179", "1@169", "1@1x2x3x4", "1@0x2x2", "a@2x2", "1@2x-2"])(
    "refuses %s with an example",
    (text) => {
      expect(() => parseInputSize(text)).toThrow(/expected channels@sizes, for instance 1@169x208x179/);
    },
  );

  it("writes what it reads", () => {
    expect(formatSize(parseInputSize("1@50x50x50"))).toBe("1@50x50x50");
    expect(formatSize([1300])).toBe("1300");
  });
});
