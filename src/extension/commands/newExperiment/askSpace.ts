/** The step that asks how images are read that are stored on several grids; there is none where all are stored alike. */
import { l10n, type QuickPickItem } from "vscode";
import type { CommonSpace, StoredKind } from "../../../space/commonSpace";
import type { SpaceRule } from "../../../space/spaceRule";
import type { Triple } from "../../../space/triple";
import { counted } from "../../language";
import { BACK, choose, type Place, SKIP, type StepResult } from "../steps";
import type { ChosenImages } from "./chooseImages";

export interface SpaceAnswers {
  readonly data: ChosenImages;
  /** Null where images are read as they are stored. */
  readonly space: SpaceRule | null;
}

interface Item extends QuickPickItem {
  readonly space: SpaceRule | null;
}

export async function askSpace(
  { data }: Partial<SpaceAnswers>,
  place: Place,
): Promise<StepResult<Pick<SpaceAnswers, "space">>> {
  if (data === undefined) return SKIP;
  const { spaceOfImages } = await import("../../../data/sources/looking/spaceOfImages");
  const common = await spaceOfImages(data.files);
  if (common === null) return SKIP;
  const picked = await choose<Item>(
    place,
    l10n.t("The images are not stored alike. How are they read?"),
    itemsOf(common),
  );
  return picked === undefined || picked === BACK ? picked : { space: picked.space };
}

function itemsOf({ kinds, rule, shape }: CommonSpace): Item[] {
  return [
    {
      label: l10n.t("All on one grid: {0}", sizeText(shape)),
      description: changes(rule).join(", "),
      detail: l10n.t("The space of the experiment: no image is cropped. The files stay as they are."),
      space: rule,
    },
    {
      label: l10n.t("As they are stored"),
      detail: kindsText(kinds),
      space: null,
    },
  ];
}

const sizeText = (size: Triple) => size.join(" × ");
/** One number where all three are equal. */
const lengthText = (size: number | Triple) =>
  [...new Set([size].flat())].length === 1 ? String([size].flat()[0]) : [size].flat().join(" × ");

/** What becomes of the images, in the order in which it does. */
function changes({ orientation, voxel_size, size }: SpaceRule): string[] {
  return [
    ...(orientation === "canonical" ? [l10n.t("turned to RAS")] : []),
    ...(voxel_size === undefined ? [] : [l10n.t("resampled to {0} mm", lengthText(voxel_size))]),
    ...(size === undefined ? [] : [l10n.t("padded with 0")]),
  ];
}

/** More would not be read. */
const MOST_KINDS = 4;

function kindsText(kinds: readonly StoredKind[]): string {
  const shown = kinds
    .slice(0, MOST_KINDS)
    .map(({ shape, voxelSize, codes, count }) =>
      counted("{0} stored as {1}, {2} mm, {3}", count, sizeText(shape), lengthText(voxelSize), codes),
    );
  return [...shown, ...(kinds.length > MOST_KINDS ? ["…"] : [])].join("; ");
}
