/** Why a training waits in the queue, in words. */
import { env, l10n } from "vscode";
import type { Shortage } from "../../run/trainingQueue";
import { counted } from "../language";

export function shortageWords(shortage: Shortage | null): string {
  switch (shortage?.kind) {
    case undefined:
      return l10n.t("It begins as soon as there is room for it.");
    case "trainings":
      return counted(
        "{0} {0|training is|trainings are} going on, and the setting gyrus.maxConcurrentTrainings allows {1} at a time.",
        shortage.working,
        shortage.limit,
      );
    case "cores":
      return counted(
        "It computes with {0} {0|thread|threads}, and {1} {1|core is|cores are} free (setting gyrus.queueCores).",
        shortage.wanted,
        shortage.free,
      );
    case "memory":
      return l10n.t(
        "{0} GB of memory are free, and {1} GB must be for another training to begin (setting gyrus.queueFreeMemory).",
        gigabytes(shortage.free),
        gigabytes(shortage.wanted),
      );
    case "card":
      return shortage.card === ""
        ? l10n.t("Another training computes on the graphics card.")
        : l10n.t("Another training computes on the graphics card {0}.", shortage.card);
    case "turn":
      return l10n.t("Trainings that came before it wait as well.");
  }
}

const gigabytes = (bytes: number) =>
  (bytes / 1e9).toLocaleString(env.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
