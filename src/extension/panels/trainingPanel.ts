/** Training panels: one for each MAPS that is looked at. A panel that is hidden costs nothing; it is served again when seen. */

import { basename } from "node:path";
import { commands, l10n, Uri, workspace } from "vscode";
import { runStrings } from "../../../webview/shared/strings";
import type {
  FromTraining,
  NextStep,
  RunAction,
  RunInfo,
  ToTraining,
  TrainingMethods,
} from "../../../webview/training/messages";
import { trainingStrings } from "../../../webview/training/strings";
import { InputError } from "../../experiment/problems/problem";
import { Answers } from "../../messages/answers";
import { reasonOf } from "../../messages/reasonOf";
import { packEvents } from "../../run/eventBlock";
import { toJson } from "../../run/jsonNumber";
import { UNDEFINED_REASONS } from "../../run/undefinedReasons";
import type { GivenPrediction } from "../cluster/givenJobs";
import { openNextExperiment } from "../commands/nextExperiment";
import { describeHere } from "../language";
import { notify } from "../report";
import { keptPlanesOf, openKeptVolumes } from "./keptVolumes";
import type { PanelHandle, PanelKind, PanelSession } from "./panelKind";
import { translations } from "./panelTexts";
import { partsOfMaps } from "./partsOfMaps";
import { keptFile } from "./restoredState";
import { RunFollower, type RunListener } from "./runFollower";
import { saveFile } from "./saveFile";
import { fromTrainingSchema } from "./trainingMessages";

export const trainingPanel: PanelKind<string, FromTraining, ToTraining> = {
  page: (maps) => ({ viewType: "gyrus.training", bundle: "training", title: basename(maps) }),
  key: (maps) => maps,
  messages: fromTrainingSchema,
  restored: (state) => keptFile(state, "maps"),
  serve: (maps, panel) => new TrainingSession(maps, panel),
};

class TrainingSession implements PanelSession<FromTraining> {
  readonly #maps: string;
  readonly #post: (message: ToTraining) => void;
  readonly #follower: RunFollower;
  readonly #answers: Answers<TrainingMethods, readonly string[]>;
  #welcomed = false;

  constructor(maps: string, { post, services }: PanelHandle<string, ToTraining>) {
    this.#maps = maps;
    this.#post = post;
    const listener: RunListener = {
      run: (info) => {
        const run = permitted(info);
        if (this.#welcomed) post({ kind: "run", run });
        else {
          const state = { maps: Uri.file(maps).toString() };
          post({
            kind: "welcome",
            run,
            state,
            texts: translations(runStrings, trainingStrings, UNDEFINED_REASONS),
          });
        }
        this.#welcomed = true;
      },
      events: (track, events, from) => post({ kind: "events", track, block: packEvents(events, from) }),
      table: (track, rows) => post({ kind: "table", track, rows: toJson(rows) }),
      restart: (track) => post({ kind: "restart", track }),
    };
    this.#answers = new Answers<TrainingMethods, readonly string[]>(
      { readReconstructions: ([track, epoch]) => keptPlanesOf(maps, track, epoch) },
      post,
      { write: sentencesOf },
    );
    this.#follower = new RunFollower(maps, basename(maps), listener, services.version, services.readCluster);
  }

  async receive(message: FromTraining): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#welcomed = false;
        this.#answers.cancelAll();
        this.#follower.start(message.known);
        await this.#sendParts();
        return;
      case "resync":
        this.#follower.resync(message.track, message.next);
        return;
      case "act":
        await commands.executeCommand(`gyrus.${message.action}`, this.#maps);
        return;
      case "job":
        await commands.executeCommand(JOB_COMMANDS[message.action], this.#maps, message.track);
        return;
      case "prediction": {
        const given: GivenPrediction = { prediction: message.group };
        await commands.executeCommand(JOB_COMMANDS[message.action], this.#maps, given);
        return;
      }
      case "next":
        await takeStep(this.#maps, message.step);
        return;
      case "openVolumes":
        if (!(await openKeptVolumes(this.#maps, message.track, message.name)))
          notify("warning", l10n.t("The volumes of {0} are not there any more.", message.name));
        return;
      case "request":
      case "cancel":
        await this.#answers.take(message);
        return;
      case "save":
        await saveFile(Uri.file(this.#maps), message.name, message.content);
        return;
    }
  }

  /** Without its images the networks are listed all the same. */
  async #sendParts(): Promise<void> {
    const parts = await partsOfMaps(this.#maps).catch(() => null);
    if (parts !== null) this.#post({ kind: "parts", parts });
  }

  hidden(): void {
    this.#follower.stop();
  }

  dispose(): void {
    this.#follower.stop();
  }
}

async function takeStep(maps: string, step: NextStep): Promise<void> {
  switch (step) {
    case "predict":
    case "showResults":
    case "interpret":
    case "compare":
      await commands.executeCommand(`gyrus.${step}`, maps);
      return;
    case "startFrom":
    case "trainAgain":
      await openNextExperiment(maps, step);
      return;
  }
}

const JOB_COMMANDS = { openLog: "gyrus.openLog", cancel: "gyrus.cancelJobs" } as const;

const sentencesOf = (error: unknown): readonly string[] =>
  error instanceof InputError ? error.problems.map(describeHere) : [reasonOf(error)];

/** An untrusted workspace looks and does not train. */
function permitted(run: RunInfo): RunInfo {
  if (workspace.isTrusted) return run;
  return {
    ...run,
    actions: run.actions.filter((action) => !TRUSTED.includes(action)),
    next: run.next.map(({ step, refusal }) => ({
      step,
      refusal: LOOKING.includes(step) ? refusal : "untrusted",
    })),
  };
}

/** What starts a trainer, or asks a scheduler for something. */
const TRUSTED: readonly RunAction[] = ["resume", "submitAgain", "cancelJobs"];

/** Steps that start no trainer and write nothing. */
const LOOKING: readonly NextStep[] = ["showResults", "compare"];
