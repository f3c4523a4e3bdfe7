/** Asks for the pattern of file names, and shows under it what it matches while it is written. */
import { l10n } from "vscode";
import { type MatchedFile, matchedFiles } from "../../../data/sources/fileFolder";
import { type PatternFault, parseNamePattern } from "../../../experiment/namePattern";
import type { ImagesOf } from "../../../experiment/schema/images";
import { counted } from "../../language";
import { askWhileTold, type Place, type Verdict } from "../steps";

/** A pattern that matches an image of `folder`; undefined when the user gave up. */
export function askPattern(place: Place, { folder, pattern }: ImagesOf<"folder">) {
  const prompt = l10n.t(
    "Names of the images: {0} and {1} stand for the ids, * for any letters",
    "{participant}",
    "{session}",
  );
  return askWhileTold(place, prompt, pattern, (text) => look(folder, text));
}

/** What a pattern matches in `folder`, in words. */
async function look(folder: string, text: string): Promise<Verdict> {
  const pattern = parseNamePattern(text);
  if ("fault" in pattern) return { isRight: false, words: faultWords(pattern) };
  const files = await matchedFiles(folder, pattern).catch((): MatchedFile[] => []);
  const [first] = files;
  if (first === undefined) return { isRight: false, words: l10n.t("No image has such a name.") };
  const people = new Set(files.map(({ participantId }) => participantId)).size;
  const count = counted("{0} {0|image|images} of {1} {1|person|people}", files.length, people);
  const example = l10n.t(
    "{0} is of {1}",
    first.file.slice(folder.length + 1),
    `${first.participantId} ${first.sessionId}`,
  );
  return { isRight: true, words: `${count}: ${example}, …` };
}

function faultWords(fault: PatternFault): string {
  switch (fault.fault) {
    case "no-participant":
      return l10n.t("Write {0} where the participant stands.", "{participant}");
    case "unknown-part":
      return l10n.t(
        "{0} is no part of a pattern: {1} and {2} are.",
        fault.part,
        "{participant}",
        "{session}",
      );
    case "side-by-side":
      return l10n.t("Write the letters that stand between two parts.");
    case "outside":
      return l10n.t("Write a path below the folder, with / between the names.");
  }
}
