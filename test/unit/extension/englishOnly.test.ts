import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

/** Rooms whose failures are shown. The pure rooms and the graphs of engines check what the program itself gave them. */
const SPEAKING = ["audit", "cli", "data", "experiment", "extension", "files", "maps", "run", "training"];

/** Sentences that stay English: what is wrong there is the program, or the words are those of another program. */
const ENGLISH_ONLY = [
  // Guards: nothing that a user does leads there.
  "src/cli/engines/chooseEngine.ts",
  "src/data/batches/networkInput.ts",
  "src/experiment/imagesPath.ts",
  "src/extension/panels/explain/explainSession.ts",
  "src/extension/panels/inputs/inputsSession.ts",
  "src/extension/panels/inputs/inputsSession.ts",
  "src/extension/panels/nifti/niftiSession.ts",
  "src/maps/weights/torch/pickle.ts",
  "src/maps/weights/torch/torchFile.ts",
  "src/training/results/bestPredictions.ts",
  "src/training/results/voting.ts",
  // What a thread that reads images, or makes inputs of them, threw: a problem is made of it.
  "src/data/nifti/volumeMessages.ts",
  "src/extension/panels/inputs/threadMessages.ts",
  // In the words of the system, from which a problem is made.
  "src/files/reader.ts",
  "src/files/takePlaces.ts",
  // In the words of zlib, from which a problem is made.
  "src/data/nifti/gzip.ts",
  "src/data/nifti/gzip.ts",
  "src/data/nifti/gzip.ts",
  // In the words of the program that fetches, from which a problem is made.
  "src/cli/engines/installNode.ts",
  // The answer of a command, which speaks the language of the editor.
  "src/extension/commands/createDemo.ts",
];

/** An error of no kind of ours holds a sentence and no code; one of `l10n.t` has been translated. */
const plainError = /new (?:Range|Type|Syntax)?Error\((?!l10n\.t)/g;

it("throws nothing at users that has neither code nor translation", () => {
  const found = SPEAKING.flatMap((room) =>
    readdirSync(join(root, "src", room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => {
        const file = `src/${room}/${name.replaceAll("\\", "/")}`;
        return [...readFileSync(join(root, file), "utf8").matchAll(plainError)].map(() => file);
      }),
  );
  expect(found.sort()).toEqual(ENGLISH_ONLY.toSorted());
});
