import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { profileOf } from "../../../src/cluster/profile";
import {
  arrayScript,
  canStand,
  checkScript,
  joinScript,
  predictScript,
  ranges,
} from "../../../src/cluster/script";
import { temporaryFolder } from "../../support/folder";

const id = `gyrus-${"a".repeat(32)}`;
const request = (maps: string, node: string) => ({
  program: { node, editor: false, cli: "/opt/gyrus/cli.js" },
  maps,
  id,
  profile: profileOf(JSON.stringify({ cpus: 4, minutes: 30, environment: { OMP_PLACES: "cores" } })),
  logs: join(maps, "cluster", "logs"),
});

describe("the script of a job", () => {
  it("asks the scheduler for what the profile says, to warn it before its limit, and to start it again", () => {
    const script = arrayScript(request("/data/maps", "/usr/bin/node"), 5, 12);
    for (const line of [
      "--array=0-4",
      "--dependency=afterok:12",
      "--cpus-per-task=4",
      "--time=30",
      "--signal=B:USR1@120",
      "--requeue",
      `--comment=${id}`,
    ])
      expect(script).toContain(`\n#SBATCH ${line}\n`);
    expect(script).toContain("export OMP_PLACES='cores'\nexec '/usr/bin/node'");
    expect(joinScript(request("/m", "/n"), 13)).toContain("--dependency=afterany:13");
  });

  it("names the parts of a group that are to be predicted, without a warning that none of them heeds", () => {
    const script = predictScript(
      request("/data/maps", "/usr/bin/node"),
      [0, 1, 2, 5],
      [id, "/data/maps", "test"],
    );
    expect(script).toContain("\n#SBATCH --array=0-2,5\n");
    expect(script).not.toContain("--signal");
    expect(script).toContain(`'cluster-predict' 'part' '${id}' '/data/maps' 'test'`);
    expect(ranges([3])).toBe("3");
  });

  it.skipIf(process.platform === "win32")("gives any path as one word, whatever it holds", () => {
    const folder = join(temporaryFolder(), "a 'b' $(touch evil) `c` \"d\" \\e %A é");
    mkdirSync(folder);
    const node = join(folder, "node");
    const out = join(folder, "out");
    writeFileSync(node, `#!/bin/sh\nprintf '%s\\n' "$@" > "$(dirname "$0")/out"\n`);
    chmodSync(node, 0o755);
    const script = checkScript(request(folder, node), join(folder, "x.json"), ["--accept-space"]);
    execFileSync("bash", [], { input: script, cwd: folder });
    expect(readFileSync(out, "utf8").trim().split("\n")).toEqual([
      "/opt/gyrus/cli.js",
      "cluster-task",
      "check",
      folder,
      id,
      join(folder, "x.json"),
      "--accept-space",
    ]);
    expect(canStand(folder)).toBe(true);
    expect(canStand("/data/a\n#SBATCH --wrap=evil")).toBe(false);
  });
});
