/** What explains the answers: which maps there are, and pictures of their mean over the people of a group, never of one of them. */
import { type MapPlanes, mapColour } from "../figures/mapPlanes";
import { colourScale, greyOf, type Plane } from "../figures/planes";
import type { Picture } from "../figures/png";
import type { MeanImage } from "../reading/meanImages";
import { type Explanation, FEWEST_PEOPLE, type MeanMap } from "../reading/readExplanations";
import type { ReportFacts } from "../reading/readReportFacts";
import { explanationFindings } from "./explanationFindings";
import { type Block, type ReportPicture, say } from "./reportDocument";
import { reportPhrase } from "./reportWords";

/** CSS pixels of the longest side of a map's pictures. */
const LONGEST = 240;
/** The same of the scale of its colours. */
const SCALE = [145, 12] as const;

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
    pictures: [...picturesOf(planes), mapScale(mean)],
    caption:
      part === null ? reportPhrase("mean-map", { people }) : reportPhrase("mean-map-part", { people, part }),
    table: { head, rows: [extremeRow(mean, "highest"), extremeRow(mean, "lowest")] },
  };
}

/** Which values colours stand for. */
const scaleOf = (picture: Picture, lowest: string, highest: string): ReportPicture => ({
  picture,
  size: SCALE,
  title: `${lowest} … ${highest}`,
});

function mapScale({ highest, lowest }: MapPlanes): ReportPicture {
  const largest = Math.max(Math.abs(highest.value), Math.abs(lowest.value));
  const end = String(Number(largest.toPrecision(3)));
  return scaleOf(colourScale(mapColour, -1), `-${end}`, end);
}

const rounded = (value: number) => String(Number(value.toPrecision(4)));

/** Under the map: where in the head its planes are. */
function imageBlocks(image: MeanImage | undefined): readonly Block[] {
  if (image === undefined) return [];
  const { planes, people, left } = image;
  if (planes === null) return [say(reportPhrase("no-mean-image", { people, count: FEWEST_PEOPLE }))];
  const caption = reportPhrase("mean-image", { people });
  return [
    {
      kind: "pictures",
      pictures: [...picturesOf(planes), scaleOf(colourScale(greyOf, 0), "0", "1")],
      caption,
      table: null,
    },
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
    rounded(value),
    world.map((millimetres) => String(Number(millimetres.toFixed(1)))).join(", "),
  ];
}
