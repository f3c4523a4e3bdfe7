/**
 * Which items of two reporting checklists the files of a MAPS can answer, and where in the report; the others are for the authors. Topics
 * are named in our own words. CLAIM, update of 2024 with 44 items: A. Tejani and others, Radiology: Artificial Intelligence 2024. TRIPOD+AI,
 * 27 items with their parts: G. Collins and others, BMJ 2024.
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
  /** Number, or a range of numbers. */
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
  item("11", "how the data was made anonymous"),
  item("12", "missing data", "flow"),
  item("13", "how the images were acquired"),
  item("14-18", "reference standard, its annotators and their agreement"),
  item("19", "how people were divided into sets", "splits"),
  item("20", "at which level the sets are disjoint", "splits"),
  item("21", "how large the test set was meant to be"),
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
  item("32", "performance on people from the same source", "results"),
  item("33", "people from elsewhere"),
  item("34", "registration of a clinical trial"),
  item("35", "how many people were taken and left out", "flow"),
  item("36", "who the people are, set by set", "subgroups"),
  item("37", "performance on each set", "results"),
  item("38", "estimates with their precision", "results"),
  item("39", "analysis of wrong answers", "people"),
  item("40-41", "limits and meaning of the study"),
  item("42-43", "protocol, code, model and data"),
  item("44", "funding"),
];

export const TRIPOD_AI: readonly ChecklistItem[] = [
  item("1-2", "title and abstract that name the technique"),
  item("3a-3c", "background, use that is meant, and known inequalities"),
  item("4", "aims"),
  item("5a-5b", "sources and dates of the data"),
  item("6a", "places of the study"),
  item("6b", "who could take part", "flow"),
  item("6c", "treatments"),
  item("7", "preprocessing", "training"),
  item("8a-8c", "what is predicted, and how it was established"),
  item("9a-9c", "what it is predicted from", "training"),
  item("10", "how large the sample was meant to be"),
  item("11", "missing data", "flow"),
  item("12a", "how people were divided into sets", "splits"),
  item("12b", "how the inputs are handled", "training"),
  item("12c", "kind of model, and how it was trained and chosen", "training"),
  item("12d", "differences between places or groups"),
  item("12e", "measures of performance", "results"),
  item("12f", "updates of the model"),
  item("12g", "how an answer is computed", "architecture"),
  item("13", "unequal classes, and what was done about them", "training"),
  item("14", "fairness", "subgroups"),
  item("15", "what the model answers", "results"),
  item("16", "how training and test people differ"),
  item("17", "ethical approval"),
  item("18a-18b", "funding and interests"),
  item("18c-18f", "protocol, registration, data and code"),
  item("19", "patients who took part in the work"),
  item("20a", "flow of the people", "flow"),
  item("20b", "who the people are", "subgroups"),
  item("20c", "how training and test people differ"),
  item("21", "people in each analysis", "flow"),
  item("22", "the model itself", "architecture"),
  item("23a", "performance with intervals, in subgroups too", "results"),
  item("23b", "how performance differs between places or groups", "subgroups"),
  item("24", "updates of the model"),
  item("25-26", "meaning and limits of the study"),
  item("27a-27c", "use in care"),
];

/** The topics as phrases, to be said in any language. */
export const topicPhrase = ({ topic }: ChecklistItem): Phrase => ({ template: topic, values: {} });
