import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type NodeKind, type NodeSearch, realNode } from "../../../src/extension/trainer/realNode";

const NODE: NodeKind = { version: "22.23.2", arch: "x64", electron: false };
const search: NodeSearch = {
  nodePath: "",
  execPath: "/usr/share/code/code",
  electron: true,
  path: "/usr/local/bin:/usr/bin",
  brought: "/home/me/.local/share/gyrus/engines/node/node",
  platform: "linux",
  arch: "x64",
};
const LOCAL = join("/usr/local/bin", "node");
const SYSTEM = join("/usr/bin", "node");

const among = (there: Readonly<Record<string, NodeKind>>) => async (file: string) => there[file] ?? null;

describe("the Node that runs the trainer", () => {
  it("is that of the setting, whatever it is", async () => {
    expect(await realNode({ ...search, nodePath: "/opt/node" }, among({}))).toBe("/opt/node");
  });

  it("is the editor's own where that is a plain Node", async () => {
    expect(await realNode({ ...search, electron: false }, among({ [LOCAL]: NODE }))).toBe(search.execPath);
  });

  it("is the first of the PATH, else the one that was brought", async () => {
    const both = { [SYSTEM]: NODE, [search.brought]: NODE };
    expect(await realNode(search, among(both))).toBe(SYSTEM);
    expect(await realNode(search, among({ [search.brought]: NODE }))).toBe(search.brought);
  });

  it.each<[string, Partial<NodeKind>]>([
    ["too old", { version: "20.18.1" }],
    ["for another processor", { arch: "arm64" }],
    ["Electron", { electron: true }],
  ])("is none that is %s", async (_what, kind) => {
    const there = { [LOCAL]: { ...NODE, ...kind } };
    expect(await realNode(search, among(there))).toBeNull();
    expect(await realNode(search, among({ ...there, [SYSTEM]: { ...NODE, version: "20.19.0" } }))).toBe(
      SYSTEM,
    );
  });

  it("has on Windows the name that programs have there", async () => {
    const windows = { ...search, platform: "win32", path: "C:\\node" } as const;
    const file = join("C:\\node", "node.exe");
    expect(await realNode(windows, among({ [file]: NODE }))).toBe(file);
  });

  it("says of itself what it is", async () => {
    const here = { ...search, path: "", brought: process.execPath, arch: process.arch };
    expect(await realNode(here)).toBe(process.execPath);
    expect(await realNode({ ...here, brought: "/nowhere/node" })).toBeNull();
  });
});
