import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { comparableGroups, readComparedGroup } from "../../../../src/extension/panels/compare/comparedGroup";
import { temporaryFolder } from "../../../support/folder";
import { describeWithReference, reference } from "../../../support/reference";

describeWithReference("data groups of several MAPS", ["reference/maps_image", "reference/maps_ae"], () => {
  const image = reference("reference/maps_image");

  it("are compared on the same people, with the test that their answers deserve", async () => {
    const again = join(temporaryFolder(), "maps_again");
    cpSync(image, again, { recursive: true });
    expect(await comparableGroups([image, again])).toEqual(["test", "validation", "train"]);
    const { runs, pairs, classes } = await readComparedGroup([image, again], "test");
    expect(classes).toEqual(["AD", "CN"]);
    expect(runs.map(({ people, roc }) => [people, roc === null])).toEqual([
      [6, false],
      [6, false],
    ]);
    // The same answers: nothing speaks against their being alike.
    expect(pairs).toMatchObject([
      { test: "delong-paired", measure: "AUC", common: 6, difference: 0, p: 1, adjusted: 1 },
      { test: "mcnemar", measure: "accuracy", common: 6, difference: 0, p: 1, adjusted: 1 },
    ]);
  });

  it("of an unlike task are named, and on no axis with the first", async () => {
    const { runs, pairs } = await readComparedGroup([image, reference("reference/maps_ae")], "test");
    expect(runs.map(({ unlike, roc }) => [unlike, roc === null])).toEqual([
      [null, false],
      ["task", true],
    ]);
    expect(pairs).toEqual([]);
  });

  it("of a folder that is no MAPS are none", async () => {
    const nowhere = temporaryFolder();
    expect(await comparableGroups([nowhere])).toEqual([]);
    expect((await readComparedGroup([nowhere], "test")).runs).toEqual([]);
  });
});
