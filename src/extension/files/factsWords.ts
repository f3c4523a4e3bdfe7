import { env } from "vscode";
import type { ClassCount, SetFlow, SplitFlow } from "../../statistics/dataFlow";
import { counted } from "../language";
import type { ExperimentFacts } from "./experimentCheck";

/** "58 images to train (AD 29, CN 29), 20 to validate (AD 10, CN 10) · 4 left out · 1@48x56x48 · 1,234,567 parameters" */
export const factsWords = (facts: ExperimentFacts): string =>
  [...dataWords(facts), ...inputWords(facts)].join(" · ");

/** Whom it trains on; nothing where that is not known. */
export function dataWords({ flow, splits }: ExperimentFacts): string[] {
  return [
    ...(flow === null ? [] : setWords(flow)),
    ...(splits > 1 ? [counted("{0} {0|split|splits}", splits)] : []),
  ];
}

/** What the network gets, and how large it is. */
export function inputWords({ partsPerImage, inputSize, parameters }: ExperimentFacts): string[] {
  const size = sizeWords(inputSize);
  return [
    partsPerImage > 1 ? counted("{0} {0|part|parts} of {1}", partsPerImage, size) : size,
    ...(parameters === null
      ? []
      : [counted("{0} {0|parameter|parameters}", parameters.toLocaleString(env.language))]),
  ];
}

function setWords({ train, validation }: SplitFlow): string[] {
  const counts = ({ used, classes }: SetFlow) => [used.sessions, classes.map(classWords).join(", ")] as const;
  const [toTrain, trained] = counts(train);
  const [toValidate, validated] = counts(validation);
  const left = [train, validation].flatMap(({ leftOut }) => leftOut.map(({ sessions }) => sessions));
  const leftOut = left.reduce((sum, count) => sum + count, 0);
  return [
    trained === ""
      ? counted("{0} {0|image|images} to train, {1} to validate", toTrain, toValidate)
      : counted(
          "{0} {0|image|images} to train ({1}), {2} to validate ({3})",
          toTrain,
          trained,
          toValidate,
          validated,
        ),
    ...(leftOut === 0 ? [] : [counted("{0} left out", leftOut)]),
  ];
}

/** `AD 13`, or of people with several sessions `AD 35 of 27 people`. */
const classWords = ({ name, people, sessions }: ClassCount): string =>
  people === sessions
    ? `${name} ${sessions}`
    : counted("{0} {1} of {2} {2|person|people}", name, sessions, people);

/** "1@169x208x179", as ClinicaDL writes sizes. */
export const sizeWords = ([channels, ...spatial]: readonly number[]) => `${channels}@${spatial.join("×")}`;
