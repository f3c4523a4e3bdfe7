/** The regions of a planned cut, those that are built in too; none where none are asked. */
import type { Cut } from "../../data/parts/parts";
import type { RegionMask } from "../space/otherMasks";

export const regionMasks = (cut: Cut): readonly RegionMask[] =>
  cut.mode !== "roi"
    ? []
    : cut.regions.flatMap(({ name, maskFile, geometry, grid }) =>
        geometry === undefined ? [] : [{ name: maskFile ?? name, geometry, grid: grid ?? null }],
      );
