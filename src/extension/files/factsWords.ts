import { l10n } from "vscode";
import type { ExperimentFacts } from "./experimentCheck";

/** "58 + 20 images, 1@48x56x48, 1,234,567 parameters" */
export function factsWords(facts: ExperimentFacts): string {
  const { trainImages, validationImages, splits, partsPerImage, parameters } = facts;
  return [
    l10n.t("{0} images to train, {1} to validate", trainImages, validationImages),
    ...(splits > 1 ? [l10n.t("{0} splits", splits)] : []),
    ...(partsPerImage > 1 ? [l10n.t("{0} parts of {1}", partsPerImage, sizeWords(facts.inputSize))] : []),
    ...(partsPerImage === 1 ? [sizeWords(facts.inputSize)] : []),
    ...(parameters === null ? [] : [l10n.t("{0} parameters", parameters.toLocaleString("en"))]),
  ].join(" · ");
}

/** "1@169x208x179", as ClinicaDL writes sizes. */
export const sizeWords = ([channels, ...spatial]: readonly number[]) => `${channels}@${spatial.join("×")}`;
