import { describe, expect, it } from "vitest";
import { parseMapName, sessionInName } from "../../../src/maps/folder/mapName";
import { participantInFiles } from "../../../src/maps/folder/participantInFiles";

describe("the name of a map", () => {
  it("says whose it is, of which part, or that it is the mean", () => {
    expect(parseMapName("sub-01_ses-M000_patch-12_map.nii.gz")).toEqual({
      of: "sub-01_ses-M000",
      mode: "patch",
      part: 12,
    });
    expect(parseMapName("mean_image-0_map.nii")).toEqual({ of: null, mode: "image", part: 0 });
    for (const other of ["interpretation.json", "sub-01_ses-M000_image-0.nii.gz"])
      expect(parseMapName(other)).toBeNull();
  });

  it("may have ids that are no BIDS: those of a folder of files", () => {
    expect(parseMapName("001_V1_image-0_map.nii.gz")).toMatchObject({ of: "001_V1" });
    expect(sessionInName("001_V1")).toEqual({ participantId: "001", sessionId: "V1" });
    expect(sessionInName("P_001_ses-M000")).toEqual({ participantId: "P_001", sessionId: "ses-M000" });
  });

  it("has the cohort where people of two cohorts have one name", () => {
    const sessions = [
      { participantId: "sub-1", cohort: "A b" },
      { participantId: "sub-1", cohort: "B" },
      { participantId: "sub-2", cohort: "B" },
    ];
    expect(sessions.map(participantInFiles(sessions))).toEqual(["A-b_sub-1", "B_sub-1", "sub-2"]);
  });
});
