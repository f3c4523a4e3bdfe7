/** The transforms of `augmentation`: one line a kind. */
import type {
  AugmentationSettings,
  OneOfSettings,
  SettingsOf,
  TransformKind,
  TransformSettings,
} from "../../experiment/schema/augmentation";
import { RandomGenerator } from "../../network/weights/random";
import { type Grid, gridOf } from "./grid";
import type { AugmentationKind, DrawnOn, InputFrame, MovingKind } from "./kind";
import { affine } from "./kinds/affine";
import { anisotropy } from "./kinds/anisotropy";
import { biasField } from "./kinds/biasField";
import { blur } from "./kinds/blur";
import { brightness } from "./kinds/brightness";
import { contrast } from "./kinds/contrast";
import { elastic } from "./kinds/elastic";
import { erasing } from "./kinds/erasing";
import { flip } from "./kinds/flip";
import { gamma } from "./kinds/gamma";
import { ghosting } from "./kinds/ghosting";
import { motion } from "./kinds/motion";
import { noise } from "./kinds/noise";
import { spike } from "./kinds/spike";
import { swap } from "./kinds/swap";
import { move } from "./move";
import { followedBy, type Movement } from "./movement";

/** What holds of every kind; how it draws and applies says the type of the kind itself. */
type Kinds = {
  readonly [Kind in TransformKind]: {
    readonly draw: (
      settings: SettingsOf<Kind>,
      image: DrawnOn,
      random: RandomGenerator,
    ) => { readonly kind: Kind };
  };
};

const KINDS = {
  flip,
  affine,
  elastic,
  anisotropy,
  gamma,
  noise,
  blur,
  bias_field: biasField,
  ghosting,
  motion,
  spike,
  contrast,
  brightness,
  erasing,
  swap,
} satisfies Kinds;

/** What one transform drew. Plain data that says everything about it. */
export type Drawn = ReturnType<(typeof KINDS)[TransformKind]["draw"]>;

/** How often a transform is applied that does not say so: a flip as often as not, the others, whose strength is drawn, always. */
const usualProbability = (kind: TransformKind): number => (kind === "flip" ? 0.5 : 1);

/** How the training samples of an experiment are transformed. Plain data: it travels to the workers. */
export interface AugmentationPlan extends Pick<AugmentationSettings, "on" | "transforms"> {
  /** Of what is transformed: an input, or the image before it is cut. Of the first image (`planForImage` for another). */
  readonly frame: InputFrame;
}

/**
 * Transforms an input of the given shape [channels, ...spatial], in place; `seed` decides everything.
 * @returns what was drawn, in order
 */
export function transformInput(
  values: Float32Array,
  shape: readonly number[],
  { transforms, frame }: AugmentationPlan,
  seed: number,
): readonly Drawn[] {
  const grid = gridOf(shape);
  const drawn = drawTransforms(transforms, { ...frame, grid }, seed);
  applyDrawn(values, grid, drawn);
  return drawn;
}

/**
 * Decides everything for one input, in the order of `transforms`. @param seed decides it: the same seed, the same draws
 * @returns one entry for each transform that is applied
 */
export function drawTransforms(
  transforms: readonly (TransformSettings | OneOfSettings)[],
  image: DrawnOn,
  seed: number,
): readonly Drawn[] {
  const random = new RandomGenerator(seed);
  return transforms.flatMap((step) => {
    const chance = "one_of" in step ? step.probability : (step.probability ?? usualProbability(step.kind));
    if (random.uniform() >= chance) return [];
    const settings = "one_of" in step ? oneOf(step, random) : step;
    return settings === null ? [] : [kindOf(settings).draw(settings, image, random)];
  });
}

/** Steps that one resampling does: one step, or several that move voxels one after the other. */
interface Run {
  readonly steps: readonly Drawn[];
  /** Null for a step that moves none. */
  readonly movement: Movement | null;
}

/** Changes `values` in place, in order. */
export function applyDrawn(values: Float32Array, grid: Grid, drawn: readonly Drawn[]): void {
  for (const { steps, movement } of runsOf(grid, drawn)) {
    const [first] = steps;
    if (movement !== null && steps.length > 1) move(values, grid, movement);
    else if (first !== undefined) kindOf(first).apply(values, grid, first);
  }
}

function runsOf(grid: Grid, drawn: readonly Drawn[]): readonly Run[] {
  const runs: Run[] = [];
  for (const step of drawn) {
    const kind = kindOf(step);
    const movement = "movement" in kind ? kind.movement(step, grid) : null;
    const last = runs.at(-1);
    const joined = movement === null || !last?.movement ? null : followedBy(last.movement, movement);
    if (joined === null || last === undefined) runs.push({ steps: [step], movement });
    else runs[runs.length - 1] = { steps: [...last.steps, step], movement: joined };
  }
  return runs;
}

/** That of the kind, which is what the table says and the compiler cannot follow. */
const kindOf = ({ kind }: { readonly kind: TransformKind }) =>
  KINDS[kind] as AugmentationKind<TransformSettings, Drawn> | MovingKind<TransformSettings, Drawn>;

/** One of several, each as often as it weighs; null where none weighs anything. */
function oneOf({ one_of: choices }: OneOfSettings, random: RandomGenerator): TransformSettings | null {
  const weights = choices.map(({ probability = 1 }) => probability);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = random.uniform() * whole;
  const chosen = choices.find((_, at) => {
    rest -= weights[at]!;
    return rest < 0;
  });
  return chosen ?? null;
}
