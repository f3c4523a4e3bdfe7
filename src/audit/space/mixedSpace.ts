/** Images of one study that are not stored alike: their voxels mean other places of the brain to a network that sees the array alone. */
import { problem, warning } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import type { Problem } from "../../experiment/problems/problem";
import type { Phrase } from "../../experiment/problems/words";
import { type AlikeInSpace, alikeInSpace, SPACE_FACTORS, type SpaceFactor } from "../../space/geometry";
import { bestRule } from "../../statistics/bestRule";
import { geometryText, namedGroup, type PlacedImage } from "./placedImage";

export interface LabelledImage extends PlacedImage {
  /** Its class; null outside classification. */
  readonly label: string | null;
}

/** From which balanced accuracy of the best rule on how images are stored tells the class. */
const TELLS = 0.8;

/** An error where the class follows orientation or voxel size, else a warning where they differ. */
export const mixedSpace = (images: readonly LabelledImage[], file: string): Problem[] =>
  SPACE_FACTORS.flatMap((factor) => {
    const groups = alikeInSpace(images, factor);
    if (groups.length < 2) return [];
    const followed = followsLabel(groups, factor, file);
    return [followed ?? differs(groups, factor, file)];
  });

function differs(groups: readonly AlikeInSpace<LabelledImage>[], factor: SpaceFactor, file: string): Problem {
  const [first, ...others] = groups;
  const values = {
    usual: first === undefined ? "" : geometryText(first.geometry, factor),
    count: first?.items.length ?? 0,
    others: shortened(others.map((group) => namedGroup(group, factor))),
  };
  return factor === "orientation"
    ? warning("space.orientation-mixed", { file }, values)
    : warning("space.voxel-size-mixed", { file }, values);
}

function followsLabel(
  groups: readonly AlikeInSpace<LabelledImage>[],
  factor: SpaceFactor,
  file: string,
): Problem | null {
  const cases = groups.flatMap(({ items }, group) =>
    items.flatMap(({ label, person }) =>
      label === null ? [] : [{ seen: String(group), class: label, person }],
    ),
  );
  const rule = bestRule(cases);
  if (rule === null || rule.balancedAccuracy < TELLS) return null;
  const values = {
    accuracy: rule.balancedAccuracy.toFixed(2),
    groups: shortened(groups.map((group) => countedGroup(group, factor))),
  };
  return factor === "orientation"
    ? problem("space.orientation-tells-class", { file }, values)
    : problem("space.voxel-size-tells-class", { file }, values);
}

/** "LAS (AD 8, CN 1)" */
function countedGroup({ geometry, items }: AlikeInSpace<LabelledImage>, factor: SpaceFactor): Phrase {
  const counts = new Map<string, number>();
  for (const { label } of items) counts.set(label ?? "", (counts.get(label ?? "") ?? 0) + 1);
  const classes = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, count]) => `${label} ${count}`);
  return phrase("stored-classes", { found: geometryText(geometry, factor), classes });
}

/** Images as they come from scanners may have a voxel size each. */
const MOST_GROUPS = 4;

const shortened = (groups: readonly Phrase[]): readonly (string | Phrase)[] =>
  groups.length > MOST_GROUPS ? [...groups.slice(0, MOST_GROUPS), "..."] : groups;
