/** The values of every image that trains or validates must be such that normalisation leaves the brain to be seen. */
import { imageName } from "../../data/sources/nameImage";
import { imagesPlace } from "../../experiment/imagesPath";
import { intensityOf } from "../../experiment/schema/intensity";
import type { Check } from "../check";
import { intensityFindings } from "../intensityFindings";
import { usedScans } from "../study";

export const intensity: Check = {
  needs: "voxels",
  accepted: null,
  find: (study) => {
    const images = usedScans(study).flatMap((scan) => {
      const facts = scan.voxels?.intensity ?? null;
      return facts === null ? [] : [{ name: imageName(scan), intensity: facts }];
    });
    return intensityFindings(images, intensityOf(study.experiment), imagesPlace(study.experiment).file);
  },
};
