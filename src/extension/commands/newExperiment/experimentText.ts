/** The experiment file that the form writes. */
import { isAbsolute, relative } from "node:path";
import { applyEdits, findNodeAtLocation, modify, parseTree } from "jsonc-parser";
import type { ImageKeys } from "../../../data/sources/looking/offer";
import { imagesAt } from "../../../experiment/imagesPath";
import type { ExperimentInput } from "../../../experiment/schema/schema";
import { spaceSchema } from "../../../experiment/schema/space";
import type { ArchitectureName } from "../../../network/zoo/zoo";
import type { SpaceRule } from "../../../space/spaceRule";
import type { Task } from "../../../statistics/task";

export interface ExperimentAnswers {
  readonly task: Task;
  readonly images: ImageKeys;
  /** Null where images are read as they are stored. */
  readonly space: SpaceRule | null;
  readonly splits: ChosenSplits;
  readonly architecture: ArchitectureName;
}

export interface ChosenSplits {
  readonly tsvPath: string;
  readonly keys: Pick<ExperimentInput, "label" | "label_code" | "diagnoses" | "n_splits">;
}

/** Folds of a split folder by its name: 5 for `5_fold`, 0 for `split`. */
export const foldsOf = (folder: string) => Number(/(\d+)_fold(?:_\d+)?$/.exec(folder)?.[1] ?? 0);

/** What the experiment of a folder of splits says where its tables are not known: ClinicaDL's diagnoses. */
export function keysOfFolder(folder: string, task: Task): ChosenSplits["keys"] {
  const folds = foldsOf(folder);
  return {
    ...(folds === 0 ? {} : { n_splits: folds }),
    diagnoses: ["AD", "CN"],
    ...(task === "regression" ? { label: "age" } : {}),
  };
}

/** What the user would otherwise look up, in the order in which one reads it. */
export function experimentText(answers: ExperimentAnswers, home: string): string {
  const { task, images, space, splits, architecture } = answers;
  const experiment: ExperimentInput = {
    network_task: task,
    ...("images" in images
      ? { images: imagesAt(images.images, (path) => shortPath(path, home)) }
      : { caps_directory: shortPath(images.caps_directory, home) }),
    ...(space === null ? {} : { space: spaceSchema.parse(space) }),
    tsv_path: shortPath(splits.tsvPath, home),
    ...splits.keys,
    preprocessing_dict: { ...images.preprocessing_dict },
    architecture,
    epochs: 20,
    batch_size: 8,
    learning_rate: 1e-4,
    patience: 10,
  };
  return `${JSON.stringify(experiment, undefined, 2)}\n`;
}

const OF_SPLITS = ["tsv_path", "n_splits", "split", "label", "label_code", "diagnoses"] as const;

/** An experiment file on other splits: what it says of the former ones goes, the rest stays. */
export function textWithSplits(text: string, { tsvPath, keys }: ChosenSplits, home: string): string {
  return withKeys(text, OF_SPLITS, { tsv_path: shortPath(tsvPath, home), ...keys });
}

/** An experiment file on other images, cut as before; which images of a CAPS are meant, `preprocessing_dict` says. */
export function textWithImages(text: string, images: ImageKeys, home: string): string {
  return "images" in images
    ? withKeys(text, ["caps_directory", "images"], {
        images: imagesAt(images.images, (path) => shortPath(path, home)),
      })
    : withKeys(text, ["images", "caps_directory", "preprocessing_dict"], {
        caps_directory: shortPath(images.caps_directory, home),
        preprocessing_dict: images.preprocessing_dict,
      });
}

/** `keys` as `values` has them: those that it has not go. */
function withKeys(text: string, keys: readonly string[], values: Readonly<Record<string, unknown>>): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  return keys.reduce((before, key) => {
    const given = findNodeAtLocation(parseTree(before) ?? NO_TREE, [key]) !== undefined;
    if (values[key] === undefined && !given) return before;
    return applyEdits(before, modify(before, [key], values[key], { formattingOptions }));
  }, text);
}

const NO_TREE = { type: "object", offset: 0, length: 0 } as const;

/** Relative where the data stands with the experiment file, so that the folder can be moved. */
function shortPath(path: string, home: string): string {
  const short = relative(home, path);
  return short === "" ? "." : short.startsWith("..") || isAbsolute(short) ? path : short;
}
