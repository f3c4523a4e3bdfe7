/** All styles of a page with a viewer; a panel adds those of its own cards. */
import { numberFieldStyles } from "../../numberField";
import { rangeStyles } from "../../rangeStyles";
import { sharedStyles } from "../../styles";
import { intensityCardStyles } from "../intensityCard";
import { colorBarStyles } from "../layers/colorBar";
import { layersCardStyles } from "../layers/layersCard";
import { positionCardStyles } from "../positionCard";
import { saidStyles } from "../saidFaults";
import { besideStyles } from "./viewer";
import { viewerBarStyles } from "./viewerBar";
import { viewerPageStyles } from "./viewerPageStyles";

export const viewerStyles = [
  ...sharedStyles,
  numberFieldStyles,
  rangeStyles,
  viewerBarStyles,
  positionCardStyles,
  ...intensityCardStyles,
  colorBarStyles,
  layersCardStyles,
  besideStyles,
  saidStyles,
  viewerPageStyles,
];
