/** An optimizer whose moments stay on the device, beside the parameters. */
import type { OptimizerSettings, OptimizerState } from "../../engine";
import { AppliedRule } from "../../optimizer/appliedRule";
import type { StepOptions } from "../../optimizer/optimizer";
import { decodeState, encodeState, type Progress } from "../../optimizer/optimizerState";
import { readBuffers, writeBuffer } from "../device/buffers";
import type { DeviceNetwork } from "../deviceNetwork";
import { parameterKey } from "../pass";
import { type FormulaForm, formKey, formulaKernel, momentName, numbersOf } from "./formulaKernel";

const momentKey = (moment: string, parameter: string) => `moment ${moment} ${parameter}`;

/** What a step of one parameter takes. */
interface Planned {
  readonly parameter: string;
  readonly form: FormulaForm;
  readonly constants: readonly string[];
  readonly numbers: readonly number[];
  readonly after: Progress;
}

export class DeviceOptimizer {
  readonly #on: DeviceNetwork;
  readonly #name: string;
  readonly #applied: AppliedRule;
  #steps = 0;
  /** Where each parameter that has made a step is. */
  readonly #progress = new Map<string, Progress>();

  constructor(on: DeviceNetwork, settings: OptimizerSettings) {
    this.#on = on;
    this.#name = settings.name;
    this.#applied = new AppliedRule(settings);
  }

  /**
   * One step of these parameters.
   * @param gradientKeyOf where the gradient of a parameter lies
   */
  async step(
    parameters: readonly string[],
    gradientKeyOf: (parameter: string) => string,
    options: StepOptions,
  ): Promise<void> {
    const planned = parameters.map((parameter) => this.#plan(parameter, options));
    const key = JSON.stringify(
      planned.map(({ parameter, form }) => [gradientKeyOf(parameter), formKey(form)]),
    );
    const { rule, kept } = this.#applied;
    const { model } = this.#on;
    const { replay, notes } = await this.#on.ready(`step ${key}`, (tape) =>
      planned.map(({ parameter, form, constants }) => {
        const shape = model.shapes.get(parameter)!;
        const formula = formulaKernel(this.#name, rule, constants, form);
        return tape.over(formula, model.sizeOf(parameter), {
          buffers: {
            weights: tape.ofModel(parameterKey(parameter), shape),
            gradient: tape.ofModel(gradientKeyOf(parameter), shape),
            ...Object.fromEntries(
              kept.moments.map((moment) => [
                momentName(moment),
                tape.ofModel(momentKey(moment, parameter), shape),
              ]),
            ),
          },
          whole: {},
          // Those of the step are written before it.
          real: Object.fromEntries(formula.real.map((name) => [name, 0])),
        });
      }),
    );
    for (const { parameter } of planned) if (!this.#progress.has(parameter)) this.#fillMoments(parameter);
    replay.renumber(
      new Map(
        planned.flatMap(({ numbers }, place) =>
          notes[place]!.map((dispatch) => [dispatch, numbers] as const),
        ),
      ),
    );
    await replay.run();
    this.#steps++;
    for (const { parameter, after } of planned) this.#progress.set(parameter, after);
  }

  /** Copies; like PyTorch's, only of the parameters that have made a step. */
  async read(): Promise<OptimizerState> {
    const { kept } = this.#applied;
    const { model } = this.#on;
    const names = [...this.#progress.keys()];
    const arrays = await readBuffers(
      this.#on.computing.device,
      names.flatMap((name) =>
        kept.moments.map((moment) => {
          const elements = model.sizeOf(name);
          return { buffer: model.array(momentKey(moment, name), elements), elements };
        }),
      ),
    );
    return encodeState(
      kept,
      this.#steps,
      names.map((name, place) => ({
        name,
        shape: model.shapes.get(name)!,
        ...this.#progress.get(name)!,
        moments: kept.moments.map((_, slot) => arrays[place * kept.moments.length + slot]!),
      })),
    );
  }

  /** @throws EngineError, and changes nothing, if `state` is of another optimizer or of other parameters */
  write(state: OptimizerState): void {
    const { kept } = this.#applied;
    const { model, computing } = this.#on;
    const saved = decodeState(kept, state, (name) =>
      model.trainable.includes(name) ? model.shapes.get(name) : undefined,
    );
    this.#steps = state.step;
    this.#progress.clear();
    for (const { name, step, scalars, moments } of saved) {
      this.#progress.set(name, { step, scalars });
      for (const [slot, moment] of kept.moments.entries()) {
        const array = model.array(momentKey(moment, name), model.sizeOf(name));
        writeBuffer(computing.device, array, moments[slot]!);
      }
    }
  }

  #plan(parameter: string, { scale, limit, rateOf }: StepOptions): Planned {
    const { gradientDecay } = this.#applied;
    const rate = rateOf(parameter);
    const { begun, after } = this.#applied.begin(
      this.#progress.get(parameter) ?? this.#applied.start(rate),
      rate,
    );
    return {
      parameter,
      after,
      constants: Object.keys(begun.constants),
      numbers: numbersOf({ scale, limit: limit ?? 0, decay: gradientDecay }, Object.values(begun.constants)),
      form: {
        scaled: scale !== 1,
        limited: limit !== undefined,
        decayed: gradientDecay !== 0,
        switches: begun.switches ?? {},
      },
    };
  }

  /** What the moments are before the first step. */
  #fillMoments(parameter: string): void {
    const { model, computing } = this.#on;
    const elements = model.sizeOf(parameter);
    for (const [moment, value] of Object.entries(this.#applied.rule.moments)) {
      const array = model.array(momentKey(moment, parameter), elements);
      writeBuffer(computing.device, array, new Float32Array(elements).fill(value));
    }
  }
}
