import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { findExperiments, type SearchLimits } from "../../../src/maps/folder/findExperiments";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

function tree(...paths: string[]): string {
  const root = temporaryFolder();
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (path.endsWith("/")) mkdirSync(join(root, path), { recursive: true });
    else writeFileSync(join(root, path), "");
  }
  return root;
}

async function found(root: string, limits?: SearchLimits) {
  const { maps, files, complete } = await findExperiments(root, limits);
  return {
    maps: maps.map((path) => relative(root, path)),
    files: files.map((path) => relative(root, path)),
    complete,
  };
}

describe("findExperiments", () => {
  it("finds MAPS by what stands beside maps.json, and experiment files", async () => {
    const root = tree(
      "a/maps.json",
      "a/groups/train/split-0/maps.json",
      "b/deep/maps.json",
      "b/deep/split-0/",
      "c/maps.json",
      "c/run.json",
      "d/maps.json",
      "e/maps.json",
      "e/fold-12/",
      "study.experiment.json",
      "b/other.experiment.json",
      "b/experiment.json",
    );
    expect(await found(root)).toEqual({
      maps: ["a", "b/deep", "c", "e"],
      files: ["b/other.experiment.json", "study.experiment.json"],
      complete: true,
    });
  });

  it("finds the root itself", async () => {
    expect(await found(tree("maps.json", "run.json"))).toMatchObject({ maps: [""] });
  });

  it("does not look into a MAPS, hidden folders, node_modules or subjects", async () => {
    const hidden = ["maps", ".git", "node_modules", "caps/subjects", "bids/sub-01"].flatMap((folder) => [
      `${folder}/inner/maps.json`,
      `${folder}/inner/groups/`,
    ]);
    const root = tree("maps/maps.json", "maps/groups/", ...hidden);
    expect(await found(root)).toMatchObject({ maps: ["maps"], complete: true });
  });

  it("does not follow links, so that a loop ends", async () => {
    const root = tree("a/maps.json", "a/groups/");
    symlinkSync(root, join(root, "loop"));
    expect(await found(root)).toMatchObject({ maps: ["a"], complete: true });
  });

  it("passes over a folder that cannot be read, or is not there", async () => {
    const root = tree("a/maps.json", "a/groups/", "closed/x/");
    chmodSync(join(root, "closed"), 0o000);
    expect(await found(root)).toMatchObject({ maps: ["a"] });
    chmodSync(join(root, "closed"), 0o700);
    expect(await found(join(root, "absent"))).toEqual({ maps: [], files: [], complete: true });
  });

  it("says when a limit kept it from seeing everything", async () => {
    const root = tree("a/maps.json", "a/groups/", "b/c/maps.json", "b/c/groups/");
    expect(await found(root, { folders: 100, depth: 1 })).toEqual({
      maps: ["a"],
      files: [],
      complete: false,
    });
    expect(await found(root, { folders: 2, depth: 9 })).toMatchObject({ complete: false });
    expect(await found(root, { folders: 4, depth: 2 })).toMatchObject({ maps: ["a", "b/c"], complete: true });
  });
});

describeWithReference("findExperiments among ClinicaDL's data", ["reference/maps_image"], () => {
  it("finds its MAPS beside CAPS and tables", async () => {
    expect(await found(reference("reference"))).toMatchObject({
      maps: ["maps_ae", "maps_image"],
      complete: true,
    });
  });
});
