import type { Argument } from "./options";

/** The file that says what is trained. */
export const EXPERIMENT_ARGUMENT = {
  name: "EXPERIMENT",
  text: "a JSON file of keys such as caps_directory, tsv_path, architecture; a maps.json of ClinicaDL is one",
  completes: "file",
} as const satisfies Argument;
