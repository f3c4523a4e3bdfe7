/** What the preview knows: the plan with its problems, and the image and input that were read last. */

import { type Space, spaceOf } from "../../src/space/space";
import { type IntensitySummary, summarise } from "../shared/volume/intensity";
import { tensorStrides, type Volume } from "../shared/volume/volume";
import type { ImageAnswer, InputAnswer, InputPlan, InputProblem, ToInputs } from "./messages";
import { factsOf, inputVolume, partSpace, type ValueFacts } from "./model/inputVolume";
import { planesOf } from "./model/partGeometry";

/** Something that can be looked at. */
export interface Shown {
  /** Index into the images of the plan. */
  readonly image: number;
  readonly volume: Volume;
  readonly space: Space;
  readonly summary: IntensitySummary;
}

export interface ShownInput extends Shown {
  readonly part: number;
  readonly facts: ValueFacts;
}

/** What the editor tells without being asked. */
export type InputsNews = Exclude<ToInputs, { readonly kind: "answer" | "failure" | "layers" }>;

export class InputsStore {
  name = "";
  planning = true;
  plan: InputPlan | null = null;
  problems: readonly InputProblem[] = [];
  image: Shown | null = null;
  /** The image as it is in its file. */
  stored: Shown | null = null;
  input: ShownInput | null = null;
  /** Why the image that was asked for last cannot be shown. */
  refused: readonly InputProblem[] | null = null;

  receive(message: InputsNews): void {
    switch (message.kind) {
      case "welcome":
        this.name = message.name;
        return;
      case "planning":
        this.planning = true;
        return;
      case "plan":
        this.planning = false;
        this.plan = message.plan;
        this.problems = message.problems;
        this.image = null;
        this.stored = null;
        this.input = null;
        this.refused = null;
        return;
      default:
        // A kind without a case is an error of types.
        message satisfies never;
    }
  }

  takeImage(image: number, answer: ImageAnswer): void {
    this.image = shownOf(image, answer);
    this.refused = null;
  }

  takeStored(image: number, answer: ImageAnswer): void {
    this.stored = shownOf(image, answer);
    this.refused = null;
  }

  takeInput(image: number, part: number, { affine, voxelSize, values }: InputAnswer): void {
    const { plan } = this;
    if (plan === null) return;
    const volume = inputVolume(plan, values);
    const space = partSpace(affine, voxelSize, planesOf(plan, part));
    this.input = { image, part, volume, space, summary: summarise(volume), facts: factsOf(values) };
    this.refused = null;
  }
}

function shownOf(image: number, { size, affine, voxelSize, values }: ImageAnswer): Shown {
  const volume = { size, strides: tensorStrides(size), data: values, slope: 1, intercept: 0 };
  return { image, volume, space: spaceOf(affine, voxelSize), summary: summarise(volume) };
}
