/** One sentence for the user: how the training of a network ended. */
import { failurePhrase } from "../../experiment/problems/failurePhrase";
import type { BestEpochs } from "../../run/events";
import { bestValue } from "../../run/selection";
import type { Track } from "../../run/track";
import type { SpeakingTerminal } from "../command";
import type { Say } from "./words";

type Speaking = Pick<SpeakingTerminal, "text" | "words">;

/** "" while it has not ended. */
export function describeEnd({ end, best, stopping }: Track, { text: say, words }: Speaking): string {
  if (end === null) return "";
  const { reason, epochs, batches } = end;
  const models = bestModels(best, say);
  switch (reason) {
    case "completed":
      return say("all-epochs-run", { epochs, models });
    case "early_stopping":
      return say("stopped-early", { epochs, bad: stopping?.badEpochs ?? 0, models });
    case "nan":
      return say("loss-not-a-number", { epochs, models });
    case "stopped":
      return say("stopped-on-request", { epochs, batches: batches === 0 ? null : batches });
    case "failed":
      return words(failurePhrase(end));
  }
}

function bestModels(best: BestEpochs, say: Say): string {
  const chosen = Object.entries(best).map(([metric, found]) => {
    const value = bestValue(metric, found)?.toPrecision(4) ?? say("undefined");
    return say("best-in-epoch", { metric, value, epoch: found.epoch + 1 });
  });
  return chosen.length === 0 ? say("no-best-model") : say("best-models", { best: chosen });
}
