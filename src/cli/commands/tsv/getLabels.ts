import { join } from "node:path";
import { GET_LABELS_DEFAULTS, getLabels } from "../../../data/tsv/getLabels";
import { parseWords } from "../../arguments";
import { type Command, EXIT, UsageError } from "../../command";
import { counted } from "../../counted";
import { refuseToOverwrite } from "./refuseToOverwrite";

/** The word for "any image or none", which ClinicaDL cannot be asked for. */
const NO_MODALITY = "none";

export const tsvGetLabels: Command = {
  name: "tsv get-labels",
  usage:
    "tsv get-labels BIDS OUTPUT [--diagnoses AD --diagnoses CN] [--modality t1w] [--variables_of_interest COLUMN] [--json]",
  summary: "Writes labels.tsv, the sessions and labels of a study, from a BIDS or from a table.",
  help: [
    "BIDS                      BIDS folder, or a table of its sessions with their age, sex and diagnosis",
    "OUTPUT                    folder of labels.tsv and labels.json; a merged.tsv and a folder missing_mods in it are read",
    `--diagnoses               diagnosis to keep (may be given several times; default ${GET_LABELS_DEFAULTS.diagnoses.join(" and ")})`,
    `--modality                image that a session must have (default ${GET_LABELS_DEFAULTS.modality}; ${NO_MODALITY} for all sessions)`,
    "--variables_of_interest   another column to keep (may be given several times)",
    "--merged_tsv              merged.tsv of Clinica, in place of what the BIDS tells of its sessions",
    "--missing_mods            folder of Clinica's tables of missing modalities, in place of the files of the BIDS",
    "--restriction_tsv         table of sessions to which the study is restricted",
    "--keep_smc                keep participants with subjective memory complaints",
    "--remove_unique_session   leave out participants with one session",
    "--caps_directory          kept in labels.json only",
    "--json                    prints one JSON object",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      diagnoses: { type: "string", multiple: true },
      modality: { type: "string", default: GET_LABELS_DEFAULTS.modality },
      variables_of_interest: { type: "string", multiple: true },
      merged_tsv: { type: "string" },
      missing_mods: { type: "string" },
      restriction_tsv: { type: "string" },
      keep_smc: { type: "boolean", default: false },
      remove_unique_session: { type: "boolean", default: false },
      caps_directory: { type: "string" },
      json: { type: "boolean", default: false },
    });
    const [source, outputFolder, extra] = positionals;
    if (source === undefined || outputFolder === undefined)
      throw new UsageError("BIDS and OUTPUT are needed.");
    if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
    refuseToOverwrite(join(outputFolder, "labels.tsv"), [source, values.merged_tsv, values.restriction_tsv]);
    const outcome = await getLabels({
      source,
      outputFolder,
      mergedTsv: values.merged_tsv,
      missingMods: values.missing_mods,
      diagnoses: [...new Set(values.diagnoses ?? GET_LABELS_DEFAULTS.diagnoses)],
      modality: values.modality === NO_MODALITY ? null : values.modality,
      restrictionTsv: values.restriction_tsv,
      variablesOfInterest: values.variables_of_interest ?? [],
      keepSmc: values.keep_smc,
      removeUniqueSession: values.remove_unique_session,
      capsDirectory: values.caps_directory,
    });
    const { labels, sessions, participants, diagnoses } = outcome;
    const each = Object.entries(diagnoses).map(([diagnosis, count]) => `${count} ${diagnosis}`);
    terminal.say(
      `${labels}: ${counted(sessions, "session")} of ${counted(participants, "participant")} (${each.join(", ")}).`,
    );
    if (values.json) terminal.print(JSON.stringify(outcome));
    return EXIT.done;
  },
};
