import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Editor, repository, startEditor } from "./rig/editor";
import { photographFailures } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

interface Step {
  readonly media: { readonly svg: string };
}

let vsix: string;
let editor: Editor;
let workspace: string;
let workbench: Workbench;

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/package.mjs", "--built"], {
    cwd: repository,
  });
  vsix = stdout.trim();
  workspace = mkdtempSync(join(tmpdir(), "gyrus vsix-"));
  editor = await startEditor({ vsix });
  workbench = await editor.open(workspace);
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(workspace, { recursive: true });
});

describe("the packaged extension", () => {
  it("holds what runs on this platform and nothing else", () => {
    const files = Object.keys(unzipSync(readFileSync(vsix)));
    const own = files
      .filter((file) => file.startsWith("extension/"))
      .map((file) => file.slice("extension/".length));
    const expected =
      /^(package(\.nls(\.fr)?)?\.json|(readme|changelog)\.md|LICENSE(\.txt)?|l10n\/|media\/|dist\/|node_modules\/(onnxruntime-|webgpu\/))/i;
    expect(own.filter((file) => !expected.test(file))).toEqual([]);
    expect(own.filter((file) => /\.map$|\.ts$|(^|\/)test/.test(file))).toEqual([]);
    const binaries = own.filter((file) => /\/bin\//.test(file));
    expect(binaries.length).toBeGreaterThan(0);
    for (const file of binaries) expect(file).toContain(`/${process.platform}/${process.arch}/`);
    const ofCards = own.filter((file) => file.startsWith("node_modules/webgpu/dist/"));
    const arch = process.platform === "darwin" ? "universal" : process.arch;
    expect(ofCards).toContain(`node_modules/webgpu/dist/${process.platform}-${arch}/dawn.node`);
    for (const file of ofCards) expect(file).toContain(`/${process.platform}-${arch}/`);
    const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const pictures = manifest.contributes.walkthroughs[0].steps.map((step: Step) => step.media.svg);
    const needed = [
      "dist/cli.js",
      "dist/experiment.schema.json",
      "dist/maps.schema.json",
      "l10n/bundle.l10n.fr.json",
      manifest.icon,
    ];
    expect(own).toEqual(expect.arrayContaining([...pictures, ...needed, "readme.md"]));
    // Nearly all of it is onnxruntime and Dawn.
    expect(statSync(vsix).size).toBeLessThan(40_000_000);
  });

  it("explains itself to its users without a network: no picture, no link into the project", () => {
    const files = unzipSync(readFileSync(vsix));
    const page = new TextDecoder().decode(files["extension/readme.md"]);
    expect(page).toContain("Gyrus: Open Walkthrough");
    expect(page).not.toMatch(/<img|!\[|\]\((?!https:)/);
  });

  it("tells the licence of everything that it contains of others", () => {
    const files = unzipSync(readFileSync(vsix));
    const notices = new TextDecoder().decode(files["extension/dist/ThirdPartyNotices.txt"]);
    const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    for (const name of [...Object.keys(manifest.dependencies), "onnxruntime-common", "@vscode/codicons"]) {
      // Packages with the same licence stand one below the other, above its text.
      expect(notices).toMatch(new RegExp(`^${name} \\d.*\\(.+\\)\n(.+\n)*\n[^]{300}`, "m"));
    }
    // What is in libonnxruntime, of which its package says nothing.
    expect(notices).toMatch(/^THIRD PARTY SOFTWARE NOTICES/m);
    expect(notices).toMatch(/Eigen/);
    // And in Dawn.
    expect(notices).toMatch(/Abseil/);
  });

  it("installs, makes demo brains and trains on them", { timeout: 1_800_000 }, async () => {
    await workbench.openGyrus();
    await workbench.view().getByRole("button", { name: "Create Demo Data" }).click();
    await workbench.editorTab(/demo\.experiment\.json/).waitFor({ timeout: 300_000 });
    // Two epochs will do.
    const demo = join(workspace, "gyrus-demo");
    const file = join(demo, "short.experiment.json");
    const experiment = JSON.parse(readFileSync(join(demo, "demo.experiment.json"), "utf8"));
    writeFileSync(file, JSON.stringify({ ...experiment, epochs: 2 }));
    await workbench.host((api, path: string) => void api.commands.executeCommand("gyrus.train", path), file);
    await workbench.treeItem(/^maps_short, finished/).waitFor({ timeout: 300_000 });
    await workbench.notification(/maps_short has finished training/).waitFor();
  });
});
