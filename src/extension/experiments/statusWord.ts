import { l10n } from "vscode";
import type { RunState } from "../../run/state";

/** The word for the state of a run: "not responding". */
export function statusWord(status: RunState): string {
  switch (status) {
    case "queued":
      return l10n.t("queued");
    case "running":
      return l10n.t("running");
    case "stopping":
      return l10n.t("stopping");
    case "silent":
      return l10n.t("not responding");
    case "finished":
      return l10n.t("finished");
    case "stopped":
      return l10n.t("stopped");
    case "interrupted":
      return l10n.t("interrupted");
    case "failed":
      return l10n.t("failed");
    case "cancelled":
      return l10n.t("cancelled");
    case "unread":
      return l10n.t("reading");
    case "missing":
      return l10n.t("deleted");
    case "unknown":
      return l10n.t("not readable");
  }
}
