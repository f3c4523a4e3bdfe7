/** The row of the bench for transforms of training samples: an image of 169x208x179 voxels, affine and elastic. */
import { transformInput } from "../../src/data/augmentation/augmentation";
import { augmentationSchema } from "../../src/experiment/schema/augmentation";
import { identityAffine } from "../../src/space/affine";
import { compete, type TransformsContest } from "./contestant";
import { noisyBall, SIZE } from "./reading";

export const TRANSFORMS_TITLE = "transforms: affine and elastic, 169x208x179";

export const transformsContest = (threads: number): TransformsContest => ({
  group: "transforms",
  size: SIZE,
  threads,
});

/** Takes part as a training does it: drawn anew each time, from millimetre voxels, on a copy of the image. */
export async function competeInTransforms({ size }: TransformsContest): Promise<void> {
  const transforms =
    augmentationSchema.parse({ transforms: [{ kind: "affine" }, { kind: "elastic" }] })?.transforms ?? [];
  const frame = { voxelSize: [1, 1, 1], affine: identityAffine, worldAxes: [0, 1, 2] } as const;
  const image = noisyBall();
  let seed = 0;
  await compete(async () => {
    transformInput(image.slice(), [1, ...size], { on: "part", transforms, frame }, seed++);
  });
}
