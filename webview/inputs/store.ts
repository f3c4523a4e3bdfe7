/** What the preview knows: the plan with its problems, and the image and input that were read last. */

import { type Space, spaceOf } from "../../src/space/space";
import { type IntensitySummary, summarise } from "../shared/volume/intensity";
import { tensorStrides, type Volume } from "../shared/volume/volume";
import type {
  DrawAnswer,
  DrawnPhrase,
  ImageAnswer,
  InputAnswer,
  InputPlan,
  InputProblem,
  ToInputs,
} from "./messages";
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

/** An input as the training learns from it once. */
export interface ShownDraw extends Shown {
  readonly epoch: number;
  readonly phrases: readonly DrawnPhrase[];
}

/** Which draws, of what. */
export interface WantedDraws {
  readonly image: number;
  readonly part: number;
  readonly split: number;
  readonly from: number;
  readonly seed: number;
}

/** The draws that are asked for, as far as they are there. */
export interface ShownDraws {
  readonly wanted: WantedDraws;
  readonly drawn: readonly ShownDraw[];
  /** Whether the training ends before it has drawn the others. */
  readonly ended: boolean;
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
  draws: ShownDraws | null = null;
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
        this.draws = null;
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

  takeInput(image: number, part: number, answer: InputAnswer): void {
    const { plan } = this;
    if (plan === null) return;
    this.input = { ...shownInput(plan, image, part, answer), part, facts: factsOf(answer.values) };
    this.refused = null;
  }

  /** Other draws are asked for. */
  beginDraws(wanted: WantedDraws): void {
    this.draws = { wanted, drawn: [], ended: false };
  }

  /** @param answer null where the training ends before */
  takeDraw(answer: DrawAnswer | null): void {
    const { plan, draws } = this;
    if (plan === null || draws === null) return;
    if (answer === null) {
      this.draws = { ...draws, ended: true };
      return;
    }
    const { epoch, phrases } = answer;
    const { image, part } = draws.wanted;
    const one = { ...shownInput(plan, image, part, answer), epoch, phrases };
    this.draws = { ...draws, drawn: [...draws.drawn, one] };
    this.refused = null;
  }
}

function shownInput(
  plan: InputPlan,
  image: number,
  part: number,
  { affine, voxelSize, values }: InputAnswer,
): Shown {
  const volume = inputVolume(plan, values);
  return {
    image,
    volume,
    space: partSpace(affine, voxelSize, planesOf(plan, part)),
    summary: summarise(volume),
  };
}

function shownOf(image: number, { size, affine, voxelSize, values }: ImageAnswer): Shown {
  const volume = { size, strides: tensorStrides(size), data: values, slope: 1, intercept: 0 };
  return { image, volume, space: spaceOf(affine, voxelSize), summary: summarise(volume) };
}
