import { join, resolve } from "node:path";
import { GET_LABELS_DEFAULTS, getLabels } from "../../../data/tsv/getLabels";
import { leftOutPhrase } from "../../../experiment/flowWords";
import { some } from "../../../experiment/problems/some";
import { notice } from "../../../training/notices";
import { defineCommand } from "../../command";
import { refuseToOverwrite } from "./refuseToOverwrite";

/** The word for "any image or none", which ClinicaDL cannot be asked for. */
const NO_MODALITY = "none";

export const tsvGetLabels = defineCommand({
  name: "tsv get-labels",
  summary: "Writes labels.tsv, the sessions and labels of a study, from a BIDS or from a table.",
  arguments: [
    {
      name: "BIDS",
      text: "BIDS folder, or a table of its sessions with their age, sex and diagnosis",
      completes: "file",
    },
    {
      name: "OUTPUT",
      text: "folder of labels.tsv and labels.json; a merged.tsv and a folder missing_mods in it are read",
      completes: "folder",
    },
  ],
  options: {
    diagnoses: {
      kind: "text",
      value: "DIAGNOSIS",
      many: true,
      default: GET_LABELS_DEFAULTS.diagnoses,
      text: "diagnosis to keep",
    },
    "diagnosis-column": {
      kind: "text",
      value: "COLUMN",
      text: "column of the diagnosis, where it is not called by one of the usual names",
    },
    modality: {
      kind: "text",
      value: "MODALITY",
      default: GET_LABELS_DEFAULTS.modality,
      text: `image that a session must have; ${NO_MODALITY} for all sessions`,
    },
    "variables-of-interest": { kind: "text", value: "COLUMN", many: true, text: "another column to keep" },
    "merged-tsv": {
      kind: "text",
      value: "TSV",
      text: "merged.tsv of Clinica, in place of what the BIDS tells of its sessions",
      completes: "file",
    },
    "missing-mods": {
      kind: "text",
      value: "FOLDER",
      text: "Clinica's tables of missing modalities, in place of the files of the BIDS",
      completes: "folder",
    },
    "restriction-tsv": {
      kind: "text",
      value: "TSV",
      text: "table of sessions to which the study is restricted",
      completes: "file",
    },
    "keep-smc": { kind: "flag", text: "keep participants with subjective memory complaints" },
    "remove-unique-session": { kind: "flag", text: "leave out participants with one session" },
    overwrite: { kind: "flag", text: "take the place of a labels.tsv that says something else" },
    "caps-directory": {
      kind: "text",
      value: "CAPS",
      text: "kept in labels.json only",
      completes: "folder",
    },
  },
  examples: ["tsv get-labels bids study", "tsv get-labels bids study --diagnoses AD --diagnoses MCI"],
  async run({ BIDS: source, OUTPUT: outputFolder }, options, terminal) {
    const { "merged-tsv": mergedTsv, "restriction-tsv": restrictionTsv } = options;
    refuseToOverwrite(join(outputFolder, "labels.tsv"), [source, mergedTsv, restrictionTsv]);
    const { warnings, ...outcome } = await getLabels({
      source,
      outputFolder,
      mergedTsv,
      missingMods: options["missing-mods"],
      diagnoses: [...new Set(options.diagnoses)],
      diagnosisColumn: options["diagnosis-column"],
      modality: options.modality === NO_MODALITY ? null : options.modality,
      restrictionTsv,
      variablesOfInterest: options["variables-of-interest"] ?? [],
      keepSmc: options["keep-smc"],
      removeUniqueSession: options["remove-unique-session"],
      overwrite: options.overwrite,
      capsDirectory: options["caps-directory"],
    });
    for (const warning of warnings) terminal.warn(warning);
    const { labels, sessions, participants, diagnoses, inferred, leftOut } = outcome;
    const each = Object.entries(diagnoses).map(([diagnosis, count]) => `${count} ${diagnosis}`);
    terminal.say(terminal.text("labels-written", { labels, sessions, participants, each }));
    for (const left of leftOut) terminal.tell(notice("left-out-of-set", { left: leftOutPhrase(left) }));
    if (inferred.length > 0)
      terminal.tell(notice("diagnoses-inferred", { count: inferred.length, some: some(inferred) }));
    return { result: { ...outcome, labels: resolve(labels) } };
  },
});
