import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { mapOfSession } from "../../../../src/extension/panels/results/explanations";
import { mapsPlace } from "../../../../src/maps/folder/place";
import { temporaryFolder } from "../../../support/folder";

let place = mapsPlace("");
beforeEach(() => {
  place = mapsPlace(temporaryFolder());
});

function keep(split: number, names: readonly string[]): void {
  const { folder } = place.split(split).best("loss").results("test");
  mkdirSync(join(folder, "interpret-where"), { recursive: true });
  for (const name of names) writeFileSync(join(folder, "interpret-where", name), "");
}

async function found(participantId: string, cohort: string | null) {
  const session = { participantId, sessionId: "ses-1", cohort };
  const map = await mapOfSession(place, [0, 1], {
    group: "test",
    metric: "loss",
    explanation: "where",
    session,
  });
  return map?.replace(/^.*[\\/]/, "") ?? null;
}

describe("the map that explains the answer for a session", () => {
  it("is that of the first split that has one, and of no one whose name begins alike", async () => {
    keep(0, ["sub-10_ses-1_image-0_map.nii.gz"]);
    keep(1, ["sub-1_ses-1_image-0_map.nii.gz", "sub-1_ses-1_image-0_map.pt"]);
    expect(await found("sub-1", "single")).toBe("sub-1_ses-1_image-0_map.nii.gz");
    expect(await found("sub-2", "single")).toBeNull();
  });

  it("is that of the own cohort where two have someone of that name, whose files begin with it", async () => {
    keep(0, [
      "AD-NI_sub-1_ses-1_image-0_map.nii.gz",
      "AIBL_sub-1_ses-1_image-0_map.nii.gz",
      "sub-2_ses-1_image-0_map.nii.gz",
    ]);
    expect(await found("sub-1", "AIBL")).toBe("AIBL_sub-1_ses-1_image-0_map.nii.gz");
    expect(await found("sub-1", "AD NI")).toBe("AD-NI_sub-1_ses-1_image-0_map.nii.gz");
    expect(await found("sub-2", "AIBL")).toBe("sub-2_ses-1_image-0_map.nii.gz");
    expect(await found("sub-1", null)).toBeNull();
  });
});
