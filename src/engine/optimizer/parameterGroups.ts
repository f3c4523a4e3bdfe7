/** Groups of parameters that learn at rates of their own. */
import { sentence } from "../../network/sentence";
import { EngineError, type TrainerOptions } from "../engine";

export class ParameterGroups {
  readonly #groups: readonly ReadonlySet<string>[];
  readonly #usualRate: number;

  /** @throws EngineError that names the trained parameters that are in no group or in several */
  constructor(
    { groups, optimizer }: Pick<TrainerOptions, "groups" | "optimizer">,
    trained: Iterable<string>,
  ) {
    const names = new Set(trained);
    this.#groups = groups ?? [names];
    this.#usualRate = optimizer.learningRate;
    const misplaced = [...names].filter(
      (name) => this.#groups.filter((group) => group.has(name)).length !== 1,
    );
    if (misplaced.length > 0)
      throw new EngineError(
        sentence`Each trained parameter belongs to one group; ${misplaced.join(", ")} does not.`,
      );
  }

  /**
   * The learning rate of each trained parameter, where `rates` are those of the groups.
   * @throws EngineError unless there is one for each group
   */
  rateOf(rates: readonly number[] = this.#groups.map(() => this.#usualRate)): (parameter: string) => number {
    if (rates.length !== this.#groups.length)
      throw new EngineError(
        sentence`${rates.length} learning {0|rate is|rates are} given for ${this.#groups.length} {1|group|groups}.`,
      );
    const byName = new Map(
      this.#groups.flatMap((group, i) => [...group].map((name) => [name, rates[i]!] as const)),
    );
    return (parameter) => {
      const rate = byName.get(parameter);
      if (rate === undefined) throw new Error(`${parameter} belongs to no group`);
      return rate;
    };
  }
}
