/** What the layers of a network share while they are recorded on a tape. */
import type { Shape } from "../../network/shapes/axes";
import type { DropoutMask } from "../dropoutMasks";
import { Passage, type PassageOptions, type Step as PassStep } from "../passes";
import type { PoolRecord } from "./kernels/poolRecord";
import type { Tape } from "./tape/tape";
import { sizeOf, type Value } from "./tape/value";

/** A layer on the tape. */
export type Step = PassStep<Value>;

/** General kernels that take any layer (the reference), or beside them the forms that are fast where they fit. Both give the same numbers. */
export type Form = "plain" | "fast";

export interface PassOptions extends PassageOptions {
  readonly form: Form;
}

/** Keys of arrays of the model. */
export const parameterKey = (name: string) => `parameter ${name}`;
export const gradientKey = (name: string) => `gradient ${name}`;
/** Name of the array of a tape that holds a dropout mask. */
export const maskName = (path: string) => `mask ${path}`;

export class Pass extends Passage<PoolRecord> {
  readonly form: Form;
  /** Dropout masks that are written before a run, in the order of the layers. */
  readonly masks: DropoutMask[] = [];
  /** Names of parameters whose gradients the tape writes. */
  readonly gradients = new Set<string>();

  constructor(
    readonly tape: Tape,
    options: PassOptions,
  ) {
    super(options);
    this.form = options.form;
  }

  /** The parameter or running statistic `name` of the state dict. A kernel may write a running statistic, in training. */
  parameter(name: string, shape: Shape): Value {
    return this.tape.ofModel(parameterKey(name), shape);
  }

  /**
   * Where the gradient of a parameter belongs.
   * @param record writes all of `into`; it is called only where the gradient is needed
   */
  addGradient(name: string, shape: Shape, record: (into: Value) => void): void {
    if (!this.needsGradient(name)) return;
    this.gradients.add(name);
    record(this.tape.ofModel(gradientKey(name), shape));
  }

  /** A mask of a Dropout: 0 or 1 / (1 - probability), of the shape of its input. */
  addMask(path: string, shape: Shape, probability: number): Value {
    this.masks.push({ name: path, shape, probability });
    return this.tape.own(maskName(path), shape);
  }

  /** A new array like another. */
  like(name: string, value: Value): Value {
    return this.tape.value(name, value.shape, value.element);
  }

  /** Elements of one sample. */
  static perSample(value: Value): number {
    return sizeOf(value) / value.shape[0]!;
  }
}
