/** The words by which work is submitted to a cluster: with which profile, and whether at all. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { NO_PROFILE, type Profile, readProfile } from "../../cluster/profile";

/** The profile that is taken without a word, beside what is submitted. */
const PROFILE = "cluster.json";

/** @param beside what the profile stands beside that nobody has to name */
export const clusterOptions = <const Beside extends "experiment" | "MAPS">(beside: Beside) =>
  ({
    profile: {
      kind: "text",
      value: "FILE",
      text: `what a task needs and this cluster wants; without, ${PROFILE} beside the ${beside}`,
      completes: "file",
    },
    "dry-run": { kind: "flag", text: "prints the scripts of the jobs and submits nothing" },
    yes: { kind: "flag", text: "submits without a question" },
  }) as const;

/**
 * The profile of the file `named`, else of the one in `folder`, else none. Throws an InputError for one that cannot be read.
 * @returns with it the file that it stands in
 */
export async function profileFor(
  folder: string,
  named: string | undefined,
): Promise<{ readonly profile: Profile; readonly profileFile: string | undefined }> {
  const beside = join(folder, PROFILE);
  const profileFile = named ?? (existsSync(beside) ? beside : undefined);
  const profile = profileFile === undefined ? NO_PROFILE : await readProfile(resolve(profileFile));
  return { profile, profileFile };
}
