import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { comparableGroups, compareGroup } from "../../../../src/extension/panels/compare/comparedGroup";
import type { ComparedGroup } from "../../../../webview/compare/messages";
import { temporaryFolder } from "../../../support/folder";
import { describeWithReference, reference } from "../../../support/reference";

/** All that is told, in turn. */
async function told(maps: readonly string[], group: string, signal = new AbortController().signal) {
  const messages: ComparedGroup[] = [];
  await compareGroup(maps, group, (compared) => messages.push(compared), signal);
  return messages;
}

describeWithReference("data groups of several MAPS", ["reference/maps_image", "reference/maps_ae"], () => {
  const image = reference("reference/maps_image");

  it("are compared on the same people, with the test that their answers deserve", async () => {
    const again = join(temporaryFolder(), "maps_again");
    cpSync(image, again, { recursive: true });
    expect(await comparableGroups([image, again])).toEqual(["test", "validation", "train"]);
    const [first, last, ...others] = await told([image, again], "test");
    const { runs, pairs, classes } = first!;
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
    // People are drawn again when everything else is on the screen.
    expect(first).toMatchObject({ drawn: [], waiting: 1 });
    expect(last).toMatchObject({ waiting: 0, drawn: [{ second: "maps_again", common: 6 }] });
    expect(last!.drawn[0]!.differences).toContainEqual({
      measure: "BA",
      difference: 0,
      interval: { undefinedBecause: "no-differences" },
    });
    expect(others).toEqual([]);
  });

  it("of an unlike task are named, and on no axis with the first", async () => {
    const [{ runs, pairs } = { runs: [], pairs: null }] = await told(
      [image, reference("reference/maps_ae")],
      "test",
    );
    expect(runs.map(({ unlike, roc }) => [unlike, roc === null])).toEqual([
      [null, false],
      ["task", true],
    ]);
    expect(pairs).toEqual([]);
  });

  it("of a folder that is no MAPS are none", async () => {
    const nowhere = temporaryFolder();
    expect(await comparableGroups([nowhere])).toEqual([]);
    expect((await told([nowhere], "test")).map(({ runs }) => runs)).toEqual([[]]);
  });

  it("are drawn no more when nobody waits for them", async () => {
    const waiting = new AbortController();
    const messages: ComparedGroup[] = [];
    const tell = (compared: ComparedGroup) => {
      messages.push(compared);
      waiting.abort();
    };
    await compareGroup([image, image], "test", tell, waiting.signal);
    expect(messages.map((one) => one.waiting)).toEqual([1]);
  });
});
