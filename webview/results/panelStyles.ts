/** The look of the panel: of its own page and of each section. */
import { confusionTableStyles } from "../shared/confusionTable";
import { rangeStyles } from "../shared/rangeStyles";
import { sharedStyles } from "../shared/styles";
import { resultsStyles } from "./resultsStyles";
import { figuresStyles } from "./view/figuresTable";
import { headerStyles } from "./view/header";
import { peopleStyles } from "./view/peopleCard";
import { personStyles } from "./view/personCard";
import { subgroupsStyles } from "./view/subgroupsTable";
import { thresholdStyles } from "./view/thresholdCard";

export const panelStyles = [
  ...sharedStyles,
  rangeStyles,
  confusionTableStyles,
  headerStyles,
  figuresStyles,
  thresholdStyles,
  subgroupsStyles,
  peopleStyles,
  personStyles,
  resultsStyles,
];
