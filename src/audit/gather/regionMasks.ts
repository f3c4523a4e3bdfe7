/** The masks of a planned cut; none where regions are built in, or where none are asked. */
import type { Cut } from "../../data/parts/parts";
import type { RegionMask } from "../space/otherMasks";

export const regionMasks = (cut: Cut): readonly RegionMask[] =>
  cut.mode !== "roi"
    ? []
    : cut.regions.flatMap(({ maskFile: name, geometry }) =>
        name === undefined || geometry === undefined ? [] : [{ name, geometry }],
      );
