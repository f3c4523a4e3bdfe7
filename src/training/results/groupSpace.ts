/** Whether the images of a group are stored as those were that the networks learned from, and what is odd in their headers and names. */
import { regionMasks } from "../../audit/gather/regionMasks";
import { trainingSpace } from "../../audit/gather/trainingSpace";
import { misnamedFiles } from "../../audit/misnamedFiles";
import { oddHeaders } from "../../audit/space/oddHeaders";
import { otherMasks } from "../../audit/space/otherMasks";
import { otherThanTraining } from "../../audit/space/otherSpace";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { HeaderProgress } from "../../data/sources/images";
import { imageName } from "../../data/sources/nameImage";
import { imagesPlace } from "../../experiment/imagesPath";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { asRead, geometryAsRead, gridAsRead } from "../../space/geometry";
import type { TrainedMaps } from "./trainedMaps";

export async function groupSpace(
  { maps, experiment }: Pick<TrainedMaps, "maps" | "experiment">,
  { images, headers, input }: Pick<GroupPlan, "images" | "headers" | "input">,
  onHeader?: HeaderProgress,
): Promise<Problem[]> {
  const { space } = experiment;
  const known = images.flatMap((image) => {
    const header = headers.get(image.file);
    return header === undefined ? [] : [{ image, header }];
  });
  const placed = known.map(({ image, header }) => ({
    name: imageName(image),
    person: `${image.place}\t${image.participantId}`,
    geometry: geometryAsRead(header, space),
    grid: gridAsRead(header, space),
  }));
  const training = (await trainingSpace(maps, experiment, onHeader)).map((stored) => asRead(stored, space));
  const read = known.map(({ image, header }) => ({ ...header, name: imageName(image) }));
  return [
    ...(training.length === 0
      ? [warning("space.training-unknown", { file: maps }, { caps: imagesPlace(experiment).file })]
      : []),
    ...otherThanTraining(placed, training, maps),
    ...otherMasks(regionMasks(input.cut), placed, maps),
    ...oddHeaders(read, maps),
    ...misnamedFiles(read),
  ];
}
