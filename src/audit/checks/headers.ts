/** What the headers of images say of space must be plain: what is mended on reading may be mended wrongly. */
import { imageName } from "../../data/sources/nameImage";
import type { Check } from "../check";
import { oddHeaders } from "../space/oddHeaders";
import { usedScans } from "../study";

export const headers: Check = {
  needs: "headers",
  accepted: null,
  find: (study) =>
    oddHeaders(
      usedScans(study).flatMap((scan) =>
        scan.header === null ? [] : [{ name: imageName(scan), oddities: scan.header.oddities }],
      ),
      study.experiment.caps_directory,
    ),
};
