/**
 * Which items of two reporting checklists the files of a MAPS can answer, and where in the report; the others are for the authors. Topics
 * are named in our own words. CLAIM: J. Mongan, L. Moy and C. Kahn, Radiology: Artificial Intelligence 2020. TRIPOD+AI: G. Collins and
 * others, BMJ 2024.
 */
import type { Phrase } from "../../experiment/problems/words";

/** Section of the report that answers an item; null where only the authors can. */
export type Answering =
  | "flow"
  | "splits"
  | "audit"
  | "architecture"
  | "training"
  | "results"
  | "subgroups"
  | "calibration"
  | "explanations"
  | "people"
  | "environment"
  | null;

export interface ChecklistItem {
  readonly item: string;
  /** English; French in the bundle. */
  readonly topic: string;
  readonly answered: Answering;
}

const item = (number: string, topic: string, answered: Answering = null): ChecklistItem => ({
  item: number,
  topic,
  answered,
});

export const CLAIM: readonly ChecklistItem[] = [
  item("1-2", "title and abstract that name the technique"),
  item("3-4", "background, aims and hypotheses"),
  item("5-6", "design and goal of the study"),
  item("7", "sources of the data"),
  item("8", "who could take part", "flow"),
  item("9", "preprocessing", "training"),
  item("10", "which part of the data was used", "flow"),
  item("11", "definitions of what was recorded"),
  item("12", "how the data was made anonymous"),
  item("13", "missing data", "flow"),
  item("14-18", "reference standard, its annotators and their agreement"),
  item("19", "how large the sample was meant to be"),
  item("20", "how people were divided into sets", "splits"),
  item("21", "at which level the sets are disjoint", "splits"),
  item("22", "the network, layer by layer", "architecture"),
  item("23", "programs and their versions", "environment"),
  item("24", "first values of the weights", "training"),
  item("25", "how it was trained", "training"),
  item("26", "how the final model was chosen", "splits"),
  item("27", "several models together", "results"),
  item("28", "measures of performance", "results"),
  item("29", "uncertainty of the measures", "results"),
  item("30", "robustness", "subgroups"),
  item("31", "explanations of the answers", "explanations"),
  item("32", "people from elsewhere"),
  item("33", "flow of the people", "flow"),
  item("34", "who the people are, set by set", "subgroups"),
  item("35", "performance on each set", "results"),
  item("36", "estimates with their precision", "results"),
  item("37", "analysis of wrong answers", "people"),
  item("38-39", "limits and meaning of the study"),
  item("40-41", "registration, protocol, code and data"),
  item("42", "funding"),
];

export const TRIPOD_AI: readonly ChecklistItem[] = [
  item("1-2", "title and abstract that name the technique"),
  item("3-4", "background, aims and hypotheses"),
  item("5", "sources and dates of the data"),
  item("6", "who could take part", "flow"),
  item("7", "preprocessing", "training"),
  item("8", "what is predicted, and how it was established"),
  item("9", "what it is predicted from", "training"),
  item("10", "how large the sample was meant to be"),
  item("11", "missing data", "flow"),
  item("12", "analysis: sets, model, training, measures", "splits"),
  item("13", "unequal classes, and what was done about them", "training"),
  item("14", "fairness", "subgroups"),
  item("15", "what the model answers", "results"),
  item("16", "how training and test people differ", "flow"),
  item("17", "ethical approval"),
  item("18", "funding, registration, protocol, code and data"),
  item("19", "patients who took part in the work"),
  item("20", "flow and traits of the people", "flow"),
  item("21", "people in each analysis", "flow"),
  item("22", "the model itself", "architecture"),
  item("23", "performance with intervals, in subgroups too", "results"),
  item("24", "updates of the model"),
  item("25-26", "limits and meaning of the study"),
  item("27", "use in care"),
];

/** The topics as phrases, to be said in any language. */
export const topicPhrase = ({ topic }: ChecklistItem): Phrase => ({ template: topic, values: {} });
