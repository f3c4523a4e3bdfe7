/** What the headers of images say of space, and names of their compression, must be plain: what is mended may be mended wrongly. */
import { imageName } from "../../data/sources/nameImage";
import { imagesPlace } from "../../experiment/imagesPath";
import type { Check } from "../check";
import { misnamedFiles } from "../misnamedFiles";
import { oddHeaders } from "../space/oddHeaders";
import { usedScans } from "../study";

export const headers: Check = {
  needs: "headers",
  accepted: null,
  find: (study) => {
    const read = usedScans(study).flatMap((scan) => {
      const { header, file } = scan;
      return header === null ? [] : [{ ...header, file, name: imageName(scan) }];
    });
    return [...oddHeaders(read, imagesPlace(study.experiment).file), ...misnamedFiles(read)];
  },
};
