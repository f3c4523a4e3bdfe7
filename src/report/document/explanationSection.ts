/** What explains the answers: which maps there are, and pictures of their mean over the people of a group, never of one of them. */
import type { MapPlanes } from "../figures/mapPlanes";
import type { Plane } from "../figures/planes";
import type { MeanImage } from "../reading/meanImages";
import { type Explanation, FEWEST_PEOPLE, type MeanMap } from "../reading/readExplanations";
import type { ReportFacts } from "../reading/readReportFacts";
import { explanationFindings } from "./explanationFindings";
import { type Block, type ReportPicture, say } from "./reportDocument";
import { reportPhrase } from "./reportWords";

/** CSS pixels of the longest side of a map's pictures. */
const LONGEST = 240;

export function explanationBlocks({
  explanations,
  images,
}: Pick<ReportFacts, "explanations" | "images">): readonly Block[] {
  if (explanations.length === 0) return [say(reportPhrase("no-explanations"))];
  const lacking = explanations.some(({ mean }) => mean === null);
  return [
    ...explanations.flatMap((one) => [
      { kind: "heading", text: titleOf(one) } as const,
      ...(one.mean === null ? [] : [meanBlock(one.mean)]),
      ...imageBlocks(images.get(one)),
      ...explanationFindings(one.findings).map(say),
    ]),
    ...(lacking ? [say(reportPhrase("no-mean-map", { count: FEWEST_PEOPLE }))] : []),
  ];
}

const titleOf = ({ group, model, name, of }: Explanation) =>
  of === null
    ? reportPhrase("explanation-of", { group, model, name })
    : reportPhrase("explanation-of-class", { group, model, name, class: of });

function meanBlock(mean: MeanMap): Block {
  const { planes, part, people } = mean;
  const head = (["extreme", "map-value", "map-where"] as const).map((name) => reportPhrase(name));
  return {
    kind: "pictures",
    pictures: picturesOf(planes),
    caption:
      part === null ? reportPhrase("mean-map", { people }) : reportPhrase("mean-map-part", { people, part }),
    table: { head, rows: [extremeRow(mean, "highest"), extremeRow(mean, "lowest")] },
  };
}

/** Under the map: where in the head its planes are. */
function imageBlocks(image: MeanImage | undefined): readonly Block[] {
  if (image === undefined) return [];
  const { planes, people, left } = image;
  if (planes === null) return [say(reportPhrase("no-mean-image", { people, count: FEWEST_PEOPLE }))];
  const caption = reportPhrase("mean-image", { people });
  return [
    { kind: "pictures", pictures: picturesOf(planes), caption, table: null },
    ...(left === 0 ? [] : [say(reportPhrase("mean-image-left", { left }))]),
  ];
}

function picturesOf(planes: readonly Plane[]): readonly ReportPicture[] {
  const longest = Math.max(...planes.flatMap(({ extent }) => extent));
  return planes.map(({ plane, picture, extent: [width, height] }) => ({
    picture,
    size: [(width / longest) * LONGEST, (height / longest) * LONGEST],
    title: reportPhrase(plane),
  }));
}

function extremeRow(planes: MapPlanes, which: "highest" | "lowest") {
  const { value, world } = planes[which];
  return [
    reportPhrase(which),
    String(Number(value.toPrecision(4))),
    world.map((millimetres) => String(Number(millimetres.toFixed(1)))).join(", "),
  ];
}
