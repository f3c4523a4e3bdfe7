import { env, l10n } from "vscode";
import { classWords, type SetFlow, type SplitFlow } from "../../experiment/dataFlow";
import type { ExperimentFacts } from "./experimentCheck";

/** "58 images to train (AD 29, CN 29), 20 to validate (AD 10, CN 10) · 4 left out · 1@48x56x48 · 1,234,567 parameters" */
export function factsWords(facts: ExperimentFacts): string {
  const { flow, splits, partsPerImage, parameters } = facts;
  return [
    ...(flow === null ? [] : setWords(flow)),
    ...(splits > 1 ? [l10n.t("{0} splits", splits)] : []),
    ...(partsPerImage > 1 ? [l10n.t("{0} parts of {1}", partsPerImage, sizeWords(facts.inputSize))] : []),
    ...(partsPerImage === 1 ? [sizeWords(facts.inputSize)] : []),
    ...(parameters === null ? [] : [l10n.t("{0} parameters", parameters.toLocaleString(env.language))]),
  ].join(" · ");
}

function setWords({ train, validation }: SplitFlow): string[] {
  const counts = ({ used, classes }: SetFlow) => [used.sessions, classes.map(classWords).join(", ")] as const;
  const [toTrain, trained] = counts(train);
  const [toValidate, validated] = counts(validation);
  const left = [train, validation].flatMap(({ leftOut }) => leftOut.map(({ sessions }) => sessions));
  const leftOut = left.reduce((sum, count) => sum + count, 0);
  return [
    trained === ""
      ? l10n.t("{0} images to train, {1} to validate", toTrain, toValidate)
      : l10n.t("{0} images to train ({1}), {2} to validate ({3})", toTrain, trained, toValidate, validated),
    ...(leftOut === 0 ? [] : [l10n.t("{0} left out", leftOut)]),
  ];
}

/** "1@169x208x179", as ClinicaDL writes sizes. */
export const sizeWords = ([channels, ...spatial]: readonly number[]) => `${channels}@${spatial.join("×")}`;
