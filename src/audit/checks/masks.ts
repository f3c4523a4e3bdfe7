/** The masks of regions must be stored as the images are that they are laid on. */
import type { Check } from "../check";
import { otherMasks } from "../space/otherMasks";
import { placedScans } from "../space/placedScans";
import { usedScans } from "../study";

export const masks: Check = {
  needs: "headers",
  accepted: "space",
  find: (study) =>
    otherMasks(study.masks, placedScans(study, usedScans(study)), study.experiment.caps_directory),
};
