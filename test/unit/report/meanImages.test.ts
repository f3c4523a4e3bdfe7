import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { meanImages } from "../../../src/report/reading/meanImages";
import type { Explanation } from "../../../src/report/reading/readExplanations";
import { openResults, readGroupResults } from "../../../src/report/reading/readGroupResults";
import { peopleOf, writeAnsweredMaps } from "../../support/answeredMaps";
import { temporaryFolder } from "../../support/folder";
import { imageFile, writeImage } from "../../support/study";

it("are means of images from 0 to 1, each person once, in the planes of the map", async () => {
  const folder = temporaryFolder();
  const maps = join(folder, "maps");
  const people = peopleOf([0, 0, 0, 1, 1], [0.9, 0.8, 0.7, 0.2, 0.1], "sub-");
  const again = { ...people[0]!, session: "ses-M012" };
  await writeAnsweredMaps(maps, { groups: { test: [again, ...people] } });
  mkdirSync(join(folder, "caps"));
  const shape: [number, number, number] = [4, 3, 2];
  for (const [k, { id }] of people.entries()) {
    // Two are bright where three are dark, in units of their own: two of five.
    await writeImage(
      imageFile(join(folder, "caps"), id),
      (i) => (k + 1) * (i < 12 === k < 2 ? 100 : 0),
      shape,
    );
  }
  // The later session of the first one, which does not count.
  await writeImage(imageFile(join(folder, "caps"), "sub-0000", "ses-M012"), () => 0, shape);
  const extreme = { value: 1, world: [1, 2, 0] } as const;
  const plane = (name: "sagittal" | "axial") =>
    ({ plane: name, picture: { width: 1, height: 1, rgb: new Uint8Array(3) }, extent: [1, 1] }) as const;
  const mean = { highest: extreme, lowest: { ...extreme, value: -0.5 }, people: 5, part: null };
  const explanation: Explanation = {
    ...{ group: "test", model: "split-0/best-BA", name: "why", of: "AD" },
    findings: {},
    mean: { ...mean, planes: [plane("sagittal"), plane("axial")] },
  };
  const opened = await openResults(maps);
  const seen: string[] = [];
  // Another network has the same people, whose images are not read again.
  const other = { ...explanation, model: "split-0/best-loss" };
  const groups = [await readGroupResults(opened, "test")];
  const found = await meanImages(opened, groups, [explanation, other], (done, of) =>
    seen.push(`${done}/${of}`),
  );
  expect(found.get(other)).toEqual(found.get(explanation));
  expect(seen).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
  const { planes, people: averaged, left } = found.get(explanation)!;
  expect([averaged, left]).toEqual([5, 0]);
  expect(planes!.map((one) => [one.plane, one.picture.width, one.picture.height])).toEqual([
    ["sagittal", 3, 2],
    ["axial", 4, 3],
  ]);
  // x = 1 is in the first half of the voxels: 2 of 5 are 1 there. The axial plane has 2/5 in its left half and 3/5 in its right.
  expect([...planes![0]!.picture.rgb]).toEqual(Array(18).fill(102));
  expect([...planes![1]!.picture.rgb.subarray(0, 12)]).toEqual([
    ...Array(6).fill(102),
    ...Array(6).fill(153),
  ]);
});
