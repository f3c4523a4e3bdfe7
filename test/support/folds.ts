/** Folds of a phantom study, and an experiment on them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { phantomExperiment, writePhantomStudy } from "./phantomStudy";
import { writeTable } from "./study";

/** Each participant is in the validation set of one fold. @returns the file of the experiment */
export async function writeFolds(
  folder: string,
  folds: number,
  settings: Parameters<typeof phantomExperiment>[1] = {},
): Promise<string> {
  const study = await writePhantomStudy(folder, { train: 4 * folds, validation: 0 });
  const groups = Array.from({ length: folds }, (_, fold) =>
    study.train.filter((_row, place) => Math.floor(place / 2) % folds === fold),
  );
  for (const [fold, validation] of groups.entries()) {
    const train = groups.flatMap((rows, other) => (other === fold ? [] : rows));
    writeTable(join(folder, "folds", `split-${fold}`, "train.tsv"), train);
    writeTable(join(folder, "folds", `split-${fold}`, "validation_baseline.tsv"), validation);
  }
  const experiment = phantomExperiment(folder, {
    tsv_path: join(folder, "folds"),
    n_splits: folds,
    ...settings,
  });
  const file = join(folder, "phantom.experiment.json");
  const given = Object.entries(experiment).filter(([, value]) => value !== null);
  writeFileSync(
    file,
    JSON.stringify({ ...Object.fromEntries(given), engine: "onnx", threads: 1, n_proc: 0, ...settings }),
  );
  return file;
}
