/** What onnxruntime would send to its maker and keep in the user's cache folder: nothing, in the program as people run it. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { refuseTelemetry } from "../../../src/engine/onnx/telemetry";
import { temporaryFolder } from "../../support/folder";
import { CLI, writeResumableStudy } from "../../support/trainerProgram";

// The library is silent by itself where the environment says that it is tested: none of that is passed on.
describe.skipIf(process.platform === "win32")("a training", () => {
  it.each([
    ["in one thread", {}],
    ["in threads of its models", { multi_network: true, networks_at_once: 2 }],
  ])("%s leaves nothing in the folder of its user", async (_, changes) => {
    const [folder, home] = [temporaryFolder(), temporaryFolder()];
    const file = await writeResumableStudy(folder, 1, changes);
    const words = [CLI, "train", file, "--output", join(folder, "maps")];
    const env = { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: home };
    const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
    expect(status, stderr).toBe(0);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe("the environment", () => {
  it("refuses telemetry whatever it said before", () => {
    const environment = { ORT_DISABLE_TELEMETRY: "0", PATH: "/bin" };
    refuseTelemetry(environment);
    expect(environment).toEqual({ ORT_DISABLE_TELEMETRY: "1", PATH: "/bin" });
  });
});
