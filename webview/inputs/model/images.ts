import type { InputImage, InputPlan, SetName } from "../messages";

/** Indices of the images of a set; none for a split that does not exist. */
export function imagesOf(
  { splits }: Pick<InputPlan, "splits">,
  split: number,
  set: SetName,
): readonly number[] {
  return [...(splits.find((one) => one.split === split)?.[set] ?? [])];
}

/** Those in which every word of the search stands somewhere, whatever its case. */
export function searchImages(
  images: readonly InputImage[],
  among: readonly number[],
  search: string,
): readonly number[] {
  const words = search
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return among;
  return among.filter((index) => {
    const { participant, session, cohort, label } = images[index]!;
    const text = [participant, session, cohort, label].join(" ").toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What names an image whatever else is in the plan: it is found again after a reload. */
export const imageKey = ({ cohort, participant, session }: InputImage) =>
  [cohort, participant, session].join("\t");

export const hasCohorts = (images: readonly InputImage[]) =>
  new Set(images.map(({ cohort }) => cohort)).size > 1;
