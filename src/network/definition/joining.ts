/** What the ends of branches make together. */
import { type Sentence, sentence } from "../sentence";
import { type Shape, sameShape, shapeText } from "../shapes/axes";
import type { Join, LayerInput } from "./layerDefinition";

interface End {
  /** Of the branch. */
  readonly name: string;
  readonly shape: Shape;
}

/**
 * Shape of the joined `ends`: added or multiplied ends have one shape, except that a factor may have a single value for
 * a whole channel; concatenated ones may differ in their channels.
 * @throws ShapeError, by `input.refuse`
 */
export function joinedShape(join: Join, ends: readonly End[], input: LayerInput): Shape {
  const [first, ...others] = ends;
  if (first === undefined) return input.shape;
  const odd = others.find(({ shape }) => !JOINS[join].fits(first.shape, shape));
  if (odd !== undefined)
    input.refuse(
      sentence`its ${first.name} gives ${shapeText(first.shape)} and its ${odd.name} ${shapeText(odd.shape)}, which cannot be ${JOINS[join].done}.`,
      JOINS[join].remedy(odd.name),
    );
  return JOINS[join].shape(ends.map(({ shape }) => shape));
}

interface Joining {
  readonly done: Sentence;
  fits(first: Shape, other: Shape): boolean;
  remedy(branch: string): Sentence;
  shape(ends: readonly Shape[]): Shape;
}

const ofOneShape = (branch: string) =>
  sentence`Make both of one shape, by the strides and channels of the ${branch}.`;
const firstShape = (ends: readonly Shape[]): Shape => ends[0]!;

const JOINS: { readonly [Kind in Join]: Joining } = {
  add: { done: sentence`added`, fits: sameShape, remedy: ofOneShape, shape: firstShape },
  multiply: {
    done: sentence`multiplied`,
    fits: (first, other) =>
      sameShape(first, other) || sameShape([first[0]!, ...first.slice(1).map(() => 1)], other),
    remedy: ofOneShape,
    shape: firstShape,
  },
  concatenate: {
    done: sentence`put one after the other`,
    fits: (first, other) => sameShape(first.slice(1), other.slice(1)),
    remedy: (branch) => sentence`Make their sizes the same, by the strides of the ${branch}.`,
    shape: (ends) => [ends.reduce((channels, [count]) => channels + count!, 0), ...ends[0]!.slice(1)],
  },
};
