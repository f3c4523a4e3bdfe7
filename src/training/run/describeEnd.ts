/** One sentence for the user: how the training of a network ended. */
import type { EndReason } from "../../run/events";
import type { TrainingProgress } from "../loop/trainingProgress";

export function describeEnd(
  reason: Exclude<EndReason, "failed">,
  { epoch, batch, stopping, best }: TrainingProgress,
): string {
  const chosen = Object.entries(best).map(
    ([metric, winner]) => `${metric} ${winner.value.toPrecision(4)} in epoch ${winner.epoch + 1}`,
  );
  const models = chosen.length === 0 ? "There is no best model." : `Best models: ${chosen.join(", ")}.`;
  switch (reason) {
    case "completed":
      return `${epoch === 1 ? "The one epoch was" : `All ${epoch} epochs were`} run. ${models}`;
    case "early_stopping":
      return `Stopped early after ${count(epoch, "epoch")}: the validation loss had not improved for ${stopping.badEpochs}. ${models}`;
    case "nan":
      return `Stopped after ${count(epoch, "epoch")}: the validation loss is not a number. Lower \`learning_rate\`. ${models}`;
    case "stopped":
      return `Stopped on request after ${count(epoch, "epoch")}${batch === 0 ? "" : ` and ${count(batch, "batch", "batches")}`}; it can be resumed.`;
  }
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
