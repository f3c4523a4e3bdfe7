/** The rules by the names of their optimizers. */
import type { OptimizerSettings } from "../../engine";
import { adadelta } from "./adadelta";
import { adagrad } from "./adagrad";
import { adam, adamW } from "./adam";
import { adamax } from "./adamax";
import { asgd } from "./asgd";
import { nadam } from "./nadam";
import { radam } from "./radam";
import { rmsprop } from "./rmsprop";
import { sgd } from "./sgd";
import type { UpdateRule } from "./updateRule";

export function ruleOf({ name, weightDecay }: Pick<OptimizerSettings, "name" | "weightDecay">): UpdateRule {
  switch (name) {
    case "Adadelta":
      return adadelta;
    case "Adagrad":
      return adagrad;
    case "Adam":
      return adam;
    case "AdamW":
      return adamW(weightDecay);
    case "Adamax":
      return adamax;
    case "ASGD":
      return asgd;
    case "NAdam":
      return nadam;
    case "RAdam":
      return radam;
    case "RMSprop":
      return rmsprop;
    case "SGD":
      return sgd;
  }
}

/** L2: the share of the weights that is added to their gradient before the rule sees it. AdamW's decay is its own. */
export function gradientDecay({ name, weightDecay }: OptimizerSettings): number {
  return name === "AdamW" ? 0 : weightDecay;
}
