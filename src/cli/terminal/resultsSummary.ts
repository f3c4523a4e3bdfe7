/** What a training or a prediction came to, a line a group: read from the tables that it wrote. */
import { groupNames, openResults, readGroupResults } from "../../report/reading/readGroupResults";
import type { SpeakingTerminal } from "../command";
import { inShort } from "./resultsTables";

/** Lines for those of `groups` that have answers with labels. None where the tables cannot be read: they are no part of the work itself. */
export async function resultsSummary(
  maps: string,
  groups: readonly string[],
  terminal: Pick<SpeakingTerminal, "words">,
): Promise<readonly string[]> {
  try {
    const opened = await openResults(maps);
    const known = (await groupNames(opened)).filter((group) => groups.includes(group));
    const lines = await Promise.all(
      known.map(async (group) =>
        inShort(await readGroupResults(opened, group), (phrase) => terminal.words(phrase)),
      ),
    );
    return lines.filter((line) => line !== null);
  } catch {
    return [];
  }
}
