/** All images of a training must be stored alike, or at least not so that it tells their class. */
import { imagesPlace } from "../../experiment/imagesPath";
import { classNames, codeOf, type LabelCode } from "../../experiment/labelCode";
import type { Problem } from "../../experiment/problems/problem";
import type { Check } from "../check";
import { mixedFrames } from "../space/mixedFrames";
import { type LabelledImage, mixedSpace } from "../space/mixedSpace";
import { otherThanSource, validationApart } from "../space/otherSpace";
import { placedScans } from "../space/placedScans";
import { type Scan, type Study, usedScans } from "../study";

export const space: Check = {
  needs: "headers",
  accepted: "space",
  find: (study) => [
    ...mixedSpace(placed(study, usedScans(study)), imagesPlace(study.experiment).file),
    ...mixedFrames(placedScans(study, trainingScans(study)), study.experiment.augmentation),
    ...apart(study),
    ...(study.source === null ? [] : otherThanSource(placedScans(study, usedScans(study)), study.source)),
  ],
};

/** Those that `augmentation` transforms. */
const trainingScans = (study: Study): readonly Scan[] =>
  usedScans(study).filter(({ sets }) => sets.some(({ kind }) => kind === "train"));

function apart(study: Study): Problem[] {
  const used = usedScans(study);
  const splits = new Set(
    used.flatMap(({ sets }) => sets.flatMap((set) => ("split" in set ? [set.split] : []))),
  );
  return [...splits].flatMap((split) => {
    const setOf = (kind: "train" | "validation") =>
      used.filter(({ sets }) => sets.some((set) => set.kind === kind && set.split === split));
    const sets = { train: placed(study, setOf("train")), validation: placed(study, setOf("validation")) };
    return validationApart(split, sets, imagesPlace(study.experiment).file);
  });
}

function placed(study: Study, scans: readonly Scan[]): readonly LabelledImage[] {
  const { network_task: task, label_code: code } = study.experiment;
  return placedScans(study, scans).map((scan) => ({
    ...scan,
    label: task === "classification" ? classOf(scan.label, code) : null,
  }));
}

/** Several values of the label may be one class. */
function classOf(label: string, code: LabelCode | null): string | null {
  if (label === "") return null;
  const known = code === null ? undefined : codeOf(code, label);
  return code === null || known === undefined ? label : (classNames(code)[known] ?? label);
}
