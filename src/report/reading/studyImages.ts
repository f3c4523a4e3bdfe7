/** Images of people in the space of the study that their networks were trained in. */
import { readImageInSpace } from "../../data/nifti/imageInSpace";
import { spaceSchema } from "../../experiment/schema/space";
import { isInvertible } from "../../space/affine";
import type { SpatialImage } from "../../space/grid";
import { canonical } from "../../space/reorient";
import type { SpaceRule } from "../../space/spaceRule";

/** @param json everything in maps.json; images of a MAPS that says nothing are read as they are stored */
export const spaceOfMaps = (json: Readonly<Record<string, unknown>>): SpaceRule =>
  spaceSchema.safeParse(json.space).data ?? { orientation: "stored" };

/**
 * An image in that space, its axes turned to right, anterior, superior: so those that are stored in other orders lie on one grid. Null where
 * the header does not say where its voxels are. Throws an InputError where it cannot be read.
 */
export async function readTurned(file: string, space: SpaceRule): Promise<SpatialImage | null> {
  const image = canonical(await readImageInSpace(file, space));
  return isInvertible(image.grid.affine) ? image : null;
}
