/** Image files must end where their gzip data ends. */
import { imageName } from "../../data/sources/nameImage";
import type { Check } from "../check";
import { longerFiles } from "../longerFiles";

export const trailingBytes: Check = {
  needs: "voxels",
  accepted: null,
  find: ({ scans }) =>
    longerFiles(
      scans.map((scan) => ({ name: imageName(scan), file: scan.file, behind: scan.voxels?.behind ?? 0 })),
    ),
};
