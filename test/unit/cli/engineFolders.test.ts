import { delimiter } from "node:path";
import { describe, expect, it } from "vitest";
import { engineFolders } from "../../../src/cli/engines/engineFolders";
import { engineStorage } from "../../../src/files/engineStorage";

describe("engineFolders", () => {
  it("are those of GYRUS_ENGINES, the present one, and that of `gyrus engines install`", () => {
    const environment = { GYRUS_ENGINES: ["/study", "/lab"].join(delimiter), XDG_DATA_HOME: "/data" };
    expect(engineFolders(environment)).toEqual(["/study", "/lab", process.cwd(), engineStorage(environment)]);
  });

  it("do without GYRUS_ENGINES", () => {
    expect(engineFolders({})).toEqual([process.cwd(), engineStorage({})]);
  });
});

describe("engineStorage", () => {
  it("is where the system keeps the data of programs", () => {
    expect(engineStorage({ XDG_DATA_HOME: "/data" }, "linux")).toBe("/data/gyrus/engines");
    expect(engineStorage({ LOCALAPPDATA: "/local" }, "win32")).toBe("/local/Gyrus/engines");
    expect(engineStorage({}, "darwin")).toContain("Application Support");
  });
});
