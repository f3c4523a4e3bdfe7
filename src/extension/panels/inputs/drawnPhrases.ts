/** What transforms drew, as texts of the preview of inputs with their values. */
import type { DrawnPhrase } from "../../../../webview/inputs/messages";
import type { Drawn } from "../../../data/augmentation/augmentation";
import type { ClinicadlDrawn } from "../../../data/augmentation/clinicadl";
import type { InputFrame } from "../../../data/augmentation/kind";
import type { DrawnAffine } from "../../../data/augmentation/kinds/affine";
import type { DrawnMotion } from "../../../data/augmentation/kinds/motion";
import type { Triple } from "../../../space/triple";

const LETTERS = ["x", "y", "z"] as const;
const FLIPS = ["flipX", "flipY", "flipZ"] as const;

/** One or more for each transform that did something. @param frame what is drawn counts voxels, what is said millimetres */
export function drawnPhrases(drawn: Drawn | ClinicadlDrawn, frame: InputFrame): readonly DrawnPhrase[] {
  const flat = frame.worldAxes.length === 2;
  switch (drawn.kind) {
    case "flip":
      return drawn.axes.map((axis) => ({ text: FLIPS[frame.worldAxes[axis] ?? 0], values: [] }));
    case "affine":
      return affinePhrases(drawn, flat);
    case "elastic":
      return [{ text: "elastic", values: [largest(drawn.displacements)] }];
    case "anisotropy": {
      const { axis, factor } = drawn;
      if (axis === null) return [];
      const apart = factor * frame.voxelSize[axis]!;
      return [{ text: "anisotropy", values: [apart, LETTERS[axis] ?? "x"] }];
    }
    case "gamma":
      return [{ text: drawn.inverted ? "gammaInverted" : "gamma", values: [drawn.gamma] }];
    case "noise":
      return [
        { text: drawn.distribution === "rician" ? "ricianNoise" : "gaussianNoise", values: [drawn.std] },
      ];
    case "clinicadl_noise":
      return [{ text: "gaussianNoise", values: [drawn.std] }];
    case "blur":
      return [{ text: flat ? "blurFlat" : "blur", values: along(millimetres(drawn.sigma, frame), frame) }];
    case "smoothing":
      return [{ text: "smoothing", values: [drawn.sigma] }];
    case "bias_field":
      return [{ text: "biasField", values: [drawn.order] }];
    case "ghosting":
      return [
        { text: "ghosting", values: [drawn.ghosts, LETTERS[drawn.axis] ?? "x", percent(drawn.intensity)] },
      ];
    case "motion":
      return [{ text: "motion", values: [drawn.positions.length, ...most(drawn, frame)] }];
    case "spike":
      return [{ text: "spike", values: [drawn.frequencies.length, drawn.intensity] }];
    case "contrast":
      return [{ text: "contrast", values: [drawn.factor] }];
    case "brightness":
      return drawn.offset === 0
        ? [{ text: "brightness", values: [drawn.factor] }]
        : [{ text: "brightnessOffset", values: [drawn.factor, drawn.offset] }];
    case "erasing":
      return [{ text: "erasing", values: [drawn.cuboids.length] }];
    case "swap":
      return [{ text: "swap", values: [drawn.exchanges.length] }];
    case "crop_pad":
      return [{ text: flat ? "cropPadFlat" : "cropPad", values: along(drawn.shift, frame) }];
  }
}

const along = (values: readonly number[], { worldAxes }: InputFrame): readonly number[] =>
  values.slice(0, worldAxes.length);

const millimetres = (voxels: Triple, { voxelSize }: InputFrame): readonly number[] =>
  voxels.map((value, axis) => value * voxelSize[axis]!);

/** What of it is not as if it had not been drawn. */
function affinePhrases(
  { degrees, scales, translation, shear }: DrawnAffine,
  flat: boolean,
): readonly DrawnPhrase[] {
  const isAlike = scales[0] === scales[1] && (flat || scales[1] === scales[2]);
  const size: DrawnPhrase = isAlike
    ? { text: "scaledAlike", values: [scales[0]] }
    : flat
      ? { text: "scaledFlat", values: [scales[0], scales[1]] }
      : { text: "scaled", values: scales };
  const phrases: readonly (readonly [boolean, DrawnPhrase])[] = [
    [
      largest(degrees) > 0,
      flat ? { text: "rotatedFlat", values: [degrees[2]] } : { text: "rotated", values: degrees },
    ],
    [scales.some((scale) => scale !== 1), size],
    [
      largest(shear) > 0,
      flat ? { text: "shearedFlat", values: [shear[0]] } : { text: "sheared", values: shear },
    ],
    [
      largest(translation) > 0,
      flat
        ? { text: "movedFlat", values: [translation[0], translation[1]] }
        : { text: "moved", values: translation },
    ],
  ];
  return phrases.flatMap(([isSeen, phrase]) => (isSeen ? [phrase] : []));
}

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const percent = (part: number): number => Math.round(100 * part);

/** Largest rotation about an axis, and largest movement along one. */
function most({ positions }: DrawnMotion, frame: InputFrame): readonly [number, number] {
  return [
    largest(positions.flatMap(({ degrees }) => degrees)),
    largest(positions.flatMap(({ translation }) => millimetres(translation, frame))),
  ];
}
