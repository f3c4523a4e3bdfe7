import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../src/cli/commandLine/commandLine";
import { problemsOf } from "../../../src/cli/terminal/failures";
import { translatorOf } from "../../../src/cli/terminal/language";
import { startLine } from "../../../src/cli/terminal/progress";
import { sayIn } from "../../../src/cli/terminal/words";
import { ReadingError } from "../../../src/data/nifti/readingError";
import { EngineError } from "../../../src/engine/engine";
import { modelErrors } from "../../../src/engine/onnx/hosted/modelMessages";
import { problem } from "../../../src/experiment/problems/makeProblem";
import { phrase } from "../../../src/experiment/problems/phrases";
import { describeProblemIn } from "../../../src/experiment/problems/problem";
import { sentence } from "../../../src/network/sentence";
import { failureProblems } from "../../../src/training/failureProblems";
import { temporaryFolder } from "../../support/folder";

const french = translatorOf({ GYRUS_LANGUAGE: "fr-CA" });

describe("the language of the trainer", () => {
  it.each([undefined, "", "en", "en-US", "xx", "../../package", "fr/../fr"])(
    "is English for %s",
    (language) => {
      const translate = translatorOf(language === undefined ? {} : { GYRUS_LANGUAGE: language });
      expect(translate("The table is empty.")).toBe("The table is empty.");
    },
  );

  it("is French where the editor is", () => {
    expect(french("The table is empty.")).toBe("Le tableau est vide.");
    expect(french("Nobody translated this.")).toBe("Nobody translated this.");
  });

  it("is that of problems, in words and in --json, whose codes stay", async () => {
    const file = join(temporaryFolder(), "absent.json");
    const [printed, said]: [string[], string[]] = [[], []];
    const terminal = {
      print: (text: string) => void printed.push(text),
      say: (text: string) => void said.push(text),
      columns: null,
      draw: () => {},
    };
    await runCommandLine(["describe", file, "--json"], terminal, french);
    expect(said).toEqual([`gyrus describe: ${file}: Le fichier n’existe pas. Vérifiez le chemin.`]);
    expect(JSON.parse(printed.join())).toEqual({
      ok: false,
      problems: [
        {
          code: "file.missing",
          severity: "error",
          file,
          where: null,
          key: null,
          message: "Le fichier n’existe pas.",
          remedy: "Vérifiez le chemin.",
        },
      ],
    });
  });

  it("is that of counts", async () => {
    const printed: string[] = [];
    const terminal = {
      print: (text: string) => void printed.push(text),
      say: () => {},
      columns: null,
      draw: () => {},
    };
    await runCommandLine(["describe", "Conv5_FC3", "--input-size", "1@50x50x50"], terminal, french);
    // French groups digits by a narrow space that does not break.
    expect(printed.join()).toMatch(/1\u202f692\u202f372 paramètres$/);
  });

  it("breaks no line before a sign that French sets apart, nor inside guillemets", () => {
    const french = translatorOf({ GYRUS_LANGUAGE: "fr" });
    expect(french('"{key}" is given twice: the last value counts.')).toBe(
      "«\u00a0{key}\u00a0» est donné deux fois\u00a0: la dernière valeur compte.",
    );
  });

  it("is that of an image whose reading failed", () => {
    const failure = new ReadingError(
      problem("image.not-read", { file: "a.nii" }, { reason: phrase("reader-ended") }),
    );
    const [told] = failureProblems(failure);
    expect(told).toMatchObject({ code: "image.not-read", file: "a.nii" });
    expect(describeProblemIn(french, told!)).toMatch(
      /^a\.nii: L’image n’a pas été lue\u00a0: le fil d’exécution qui la lit s’est arrêté avant/,
    );
  });

  it("is that of what an engine refuses, in a thread of its own too", () => {
    const refused = new EngineError(
      sentence`There is not enough memory for a batch of ${8}. Make \`batch_size\` smaller and \`accumulation_steps\` larger by the same factor, or close other programs.`,
    );
    // As it goes from thread to thread.
    const arrived = modelErrors.read(structuredClone(modelErrors.write(refused)));
    expect(arrived).toEqual(refused);
    for (const failure of [refused, arrived]) {
      const [problem] = problemsOf(failure);
      expect(problem?.code).toBe("engine.failed");
      expect(describeProblemIn(french, problem!)).toMatch(
        /^Il n’y a pas assez de mémoire pour un lot de 8\./,
      );
    }
  });

  it("is that of help and of what a command shows, but for names", async () => {
    const print = async (...words: string[]) => {
      const printed: string[] = [];
      const terminal = {
        print: (text: string) => void printed.push(text),
        say: () => {},
        columns: null,
        draw: () => {},
      };
      await runCommandLine(words, terminal, french);
      return printed.join("\n");
    };
    const help = await print("help", "tsv", "split");
    expect(help).toMatch(
      /^Utilisation\u00a0: gyrus tsv split TSV \[options\]\n\nMet des participants à part/,
    );
    expect(help).toMatch(
      /^ {2}--subset-name NAME +leur ensemble, test par exemple \(par défaut validation\)$/m,
    );
    expect(await print("help", "completion")).toContain("le shell qui le lit: bash ou zsh");
    expect(await print("help")).toMatch(/^ {2}train +Entraîne l’expérience d’un fichier/m);
    expect(await print("describe", "Conv4_FC3", "--input-size", "1@80x96x80")).toMatch(
      /^Conv4_FC3 pour 1@80x96x80\n\ncouche .*\n[\s\S]*\d paramètres$/,
    );
  });

  it("is that of its progress", () => {
    const line = startLine(
      {
        kind: "start",
        split: 0,
        network: 1,
        task: "classification",
        architecture: "Conv5_FC3",
        engine: "onnxruntime",
        device: "CPU",
        threads: 1,
        epochs: 3,
        batchesPerEpoch: 2,
        batchSize: 4,
        accumulationSteps: 1,
        trainSamples: 12,
        validationSamples: 6,
        selectionMetrics: ["loss"],
        patience: 0,
        tolerance: 0,
        classes: ["AD", "CN"],
        flow: null,
        resumedAt: null,
      },
      sayIn(french),
    );
    expect(line).toBe(
      "split 0, réseau 1\u00a0: Conv5_FC3, 12 échantillons d’entraînement et 6 de validation, sur onnxruntime (CPU, 1 fil)",
    );
  });
});
