/** An explanation and the host's side of its view, for tests: a round head of 60 x 72 x 60 voxels of 3 mm, with a map and an atlas. */
import type { ExplainSubject, ShownExplanation, ToExplain } from "../../../webview/explain/messages";
import type { ImageInfo, LayerFile } from "../../../webview/shared/volume/layers/messages";
import { imaginedImage } from "./niftiImage";

export const subject: ExplainSubject = {
  maps: "/study/maps",
  group: "test",
  split: 0,
  metric: "loss",
  name: "gradients-AD",
};

export const explainWelcome: ToExplain = { kind: "welcome", subject, texts: {} };

const size = [60, 72, 60] as const;
export const headImage = (): ImageInfo =>
  imaginedImage({
    size,
    sizes: [...size],
    voxelSize: [3, 3, 3],
    datatype: "float32",
    affine: [
      [-3, 0, 0, 90],
      [0, 3, 0, -108],
      [0, 0, 3, -90],
      [0, 0, 0, 1],
    ],
  });

/** `value` of how far a voxel is from the middle, in half axes, right, front and above being positive. */
function voxels(
  value: (right: number, front: number, above: number, radius: number) => number,
): Float32Array {
  const [nx, ny, nz] = size;
  return Float32Array.from({ length: nx * ny * nz }, (_, i) => {
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    const [right, front, above] = [1 - x / 30, y / 36 - 1, z / 30 - 1];
    return value(right, front, above, Math.hypot(right / 0.75, front / 0.85, above / 0.8));
  });
}

export const headVoxels = () =>
  voxels((right, front, above, radius) =>
    radius > 1 ? 0 : radius > 0.93 ? 90 : 45 + 20 * Math.sin(14 * right) * Math.cos(11 * front + 5 * above),
  );

/** Strong at the right (for) and at the left (against). */
export const mapVoxels = () =>
  voxels((right, front, above, radius) => {
    if (radius > 1) return 0;
    const near = (side: number) =>
      Math.exp(-((right - side) ** 2 + (front + 0.1) ** 2 + (above + 0.2) ** 2) / 0.02);
    return 3 * near(0.35) - 2 * near(-0.35);
  });

/** 1: right, 2: left. */
export const atlasVoxels = () =>
  voxels((right, front, _above, radius) => (radius > 0.9 || front > 0.4 ? 0 : right > 0 ? 1 : 2));

export const mapFile: LayerFile = {
  uri: "file:///study/maps/mean_image-0_map.nii.gz",
  name: "mean_image-0_map.nii.gz",
  isMap: true,
};
export const atlasFile: LayerFile = { uri: "file:///study/atlas.nii.gz", name: "atlas.nii.gz", isMap: false };

export const explanation = (changed: Partial<ShownExplanation> = {}): ShownExplanation => ({
  name: "gradients-AD",
  group: "test",
  model: "split-0/best-loss",
  method: "gradients",
  of: "AD",
  findings: [
    "Weights drawn anew make another map (5 samples: rank correlation 0.02, of magnitudes 0.11; structural similarity of magnitudes 0.21): what is seen depends on what the network has learned.",
  ],
  depends: true,
  people: Array.from({ length: 12 }, (_, i) => ({
    participantId: `sub-${String(i + 1).padStart(3, "0")}`,
    sessionId: "ses-M000",
    truth: i % 2 === 0 ? "AD" : "CN",
    answer: i === 0 ? "CN" : i % 2 === 0 ? "AD" : "CN",
    probability: 0.5 + i / 30,
    wrong: i === 0,
  })),
  mode: "image",
  parts: [0],
  others: ["gradients-AD · split-0/best-loss", "occlusion-AD · split-0/best-loss"],
  ...changed,
});
