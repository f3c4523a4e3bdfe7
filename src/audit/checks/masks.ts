/** The masks of regions must be stored as the images are that they are laid on. */
import { imagesPlace } from "../../experiment/imagesPath";
import type { Check } from "../check";
import { otherMasks } from "../space/otherMasks";
import { placedScans } from "../space/placedScans";
import { usedScans } from "../study";

export const masks: Check = {
  needs: "headers",
  accepted: "space",
  find: (study) =>
    otherMasks(study.masks, placedScans(study, usedScans(study)), imagesPlace(study.experiment).file),
};
