/** All styles of the preview. */
import { viewerStyles } from "../shared/volume/viewer/viewerStyles";
import { inputsViewStyles } from "./inputsViewStyles";
import { drawGalleryStyles } from "./view/drawGallery";
import { imageListStyles } from "./view/imageList";
import { partCardStyles } from "./view/partCard";
import { problemListStyles } from "./view/problemList";
import { viewerHeadStyles } from "./view/viewerHead";

export const inputsStyles = [
  ...viewerStyles,
  problemListStyles,
  imageListStyles,
  partCardStyles,
  viewerHeadStyles,
  drawGalleryStyles,
  inputsViewStyles,
];
