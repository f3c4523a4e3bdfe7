/** All styles of the preview. */

import { numberFieldStyles } from "../shared/numberField";
import { sharedStyles } from "../shared/styles";
import { viewerBarStyles } from "../shared/volume/viewerBar";
import { inputsViewStyles } from "./inputsViewStyles";
import { brainCardsStyles } from "./view/brainCards";
import { drawGalleryStyles } from "./view/drawGallery";
import { imageListStyles } from "./view/imageList";
import { partCardStyles } from "./view/partCard";
import { problemListStyles } from "./view/problemList";
import { viewerHeadStyles } from "./view/viewerHead";

export const inputsStyles = [
  ...sharedStyles,
  numberFieldStyles,
  viewerBarStyles,
  ...brainCardsStyles,
  problemListStyles,
  imageListStyles,
  partCardStyles,
  viewerHeadStyles,
  drawGalleryStyles,
  inputsViewStyles,
];
