/**
 * What the host does for one input preview: plans the data of the experiment file, then reads images and has inputs made of them,
 * with the code that the training runs, in a thread. Needs no editor.
 */

import type {
  AskedDraw,
  DrawAnswer,
  FromInputs,
  ImageAnswer,
  InputAnswer,
  InputProblem,
  InputsMethods,
  ToInputs,
} from "../../../../webview/inputs/messages";
import type { LayerFile } from "../../../../webview/shared/volume/layers/messages";
import { auditedSurvey } from "../../../audit/auditPlan";
import { fitLandmarks } from "../../../data/intensity/histogram";
import type { SettingsOf } from "../../../data/intensity/method";
import { changesGrid, type ImageInSpace, imageInSpace } from "../../../data/nifti/imageInSpace";
import { readNifti } from "../../../data/nifti/nifti";
import { sharedVoxels } from "../../../data/nifti/sharedVoxels";
import type { ReadSeeds } from "../../../data/nifti/volumeMessages";
import type { DataPlan } from "../../../data/plan/experimentData";
import type { PlannedImage } from "../../../data/plan/plannedImage";
import { nameImage } from "../../../data/sources/nameImage";
import { readExperiment } from "../../../experiment/file/resolve";
import { problem } from "../../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../../experiment/problems/problem";
import { Answers } from "../../../messages/answers";
import { Newest } from "../../../messages/newest";
import { reasonOf } from "../../../messages/reasonOf";
import { SharedWork } from "../../../messages/sharedWork";
import type { SpaceRule } from "../../../space/spaceRule";
import { sentencesHere } from "../../language";
import { NamedLayers, type OpenLayer } from "../nifti/namedLayers";
import { describePlan, type Planned, planned } from "./describePlan";
import type { InputsThread } from "./inputsThread";
import type { MadeInput, SharedVoxels } from "./threadMessages";
import { trainingDraw } from "./trainingDraws";

export interface ExperimentFileNames {
  readonly path: string;
  readonly uri: string;
  readonly name: string;
}

/** What the editor does for an input preview. */
export interface InputsEditor {
  open(file: string, line: number | null): Promise<void>;
  /** Asks for an image to lay over the one at `path`. */
  chooseLayer(path: string): Promise<LayerFile | undefined>;
  readonly openLayer: OpenLayer;
  save(name: string, content: string | Uint8Array): Promise<void>;
}

export class InputsSession {
  #planned: Planned | null = null;
  readonly #plans = new Newest();
  readonly #answers: Answers<InputsMethods, readonly InputProblem[]>;
  /** The image that is looked at, decoded: its parts are asked for one after the other. */
  #decoded: { readonly file: string; readonly image: SharedWork<ImageInSpace> } | null = null;
  #standard: SharedWork<readonly number[]> | null = null;
  readonly #file: ExperimentFileNames;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToInputs) => void;
  readonly #editor: InputsEditor;
  readonly #layers: NamedLayers;
  readonly #thread: InputsThread;

  /** @param thread of this preview alone: it ends with the session */
  constructor(
    file: ExperimentFileNames,
    texts: Readonly<Record<string, string>>,
    post: (message: ToInputs) => void,
    editor: InputsEditor,
    thread: InputsThread,
  ) {
    this.#file = file;
    this.#texts = texts;
    this.#post = post;
    this.#editor = editor;
    this.#layers = new NamedLayers(editor.openLayer);
    this.#thread = thread;
    this.#answers = new Answers<InputsMethods, readonly InputProblem[]>(
      {
        readImage: ([image], signal) => this.#naming(image, () => this.#readImage(image, signal)),
        readStored: ([image]) => this.#naming(image, () => this.#readStored(image)),
        readInput: ([image, part], signal) => this.#naming(image, () => this.#readInput(image, part, signal)),
        readDraw: ([image, part, asked], signal) =>
          this.#naming(image, () => this.#readDraw(image, part, asked, signal)),
        openLayer: ([uri, volume]) => this.#layers.read(uri, volume),
      },
      post,
      { write: (error) => refusal(error).problems.map((problem) => toProblem(problem, this.#file.path)) },
    );
  }

  async receive(message: FromInputs): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#answers.cancelAll();
        this.#post({
          kind: "welcome",
          experiment: this.#file.uri,
          name: this.#file.name,
          texts: this.#texts,
        });
        await this.plan();
        return;
      case "save":
        await this.#editor.save(message.name, message.content);
        return;
      case "addLayer":
        await this.#addLayer(message.image);
        return;
      case "again":
        await this.plan();
        return;
      case "request":
      case "cancel":
        await this.#answers.take(message);
        return;
      case "open":
        await this.#editor.open(message.file, message.line);
        return;
    }
  }

  async #addLayer(image: number): Promise<void> {
    const planned = this.#planned?.images[image];
    if (planned === undefined) return;
    const layer = await this.#editor.chooseLayer(planned.file);
    if (layer === undefined) return;
    this.#layers.name([layer]);
    this.#post({ kind: "layers", layers: [layer] });
  }

  /** The view is out of sight, and waits for nothing. */
  hidden(): void {
    this.#answers.cancelAll();
  }

  async dispose(): Promise<void> {
    this.#answers.cancelAll();
    await this.#thread.close();
  }

  /** Reads the experiment, its tables and the headers of its images (again). */
  async plan(): Promise<void> {
    const signal = this.#plans.begin();
    this.#post({ kind: "planning" });
    const { experiment, problems } = await readExperiment(this.#file.path);
    const survey =
      experiment === null ? { plan: null, problems: [] } : await auditedSurvey(experiment).catch(refusal);
    if (signal.aborted) return;
    const all = [...problems, ...survey.problems].map((problem) => toProblem(problem, this.#file.path));
    this.#decoded = null;
    this.#standard = null;
    this.#planned = experiment === null || survey.plan === null ? null : planned(experiment, survey.plan);
    const plan = this.#planned === null ? null : describePlan(this.#planned);
    this.#post({ kind: "plan", plan, problems: all });
  }

  async #readImage(index: number, signal: AbortSignal): Promise<ImageAnswer> {
    const [{ data: plan }, { file }] = this.#imageOf(index);
    const { grid, values, voxelSize } = await this.#read(file, plan, signal);
    const { shape: size, affine } = grid;
    // What threads share cannot be sent to a view.
    return { size, affine, voxelSize, values: new Float32Array(values) };
  }

  async #readStored(index: number): Promise<ImageAnswer> {
    const [, { file }] = this.#imageOf(index);
    const { header, data: values } = await readNifti(file);
    const { shape: size, affine, voxelSize } = header;
    return { size, affine, voxelSize, values };
  }

  async #readInput(index: number, part: number, signal: AbortSignal): Promise<InputAnswer> {
    const { affine, voxelSize, values } = await this.#makeInput(index, part, null, signal);
    return { affine, voxelSize, values };
  }

  async #readDraw(
    index: number,
    part: number,
    asked: AskedDraw,
    signal: AbortSignal,
  ): Promise<DrawAnswer | null> {
    const [{ experiment, data }, image] = this.#imageOf(index);
    const draw = trainingDraw(experiment, data, image, part, asked);
    if (draw === null) return null;
    return { ...(await this.#makeInput(index, part, draw.seeds, signal)), epoch: draw.epoch };
  }

  async #makeInput(
    index: number,
    part: number,
    seeds: ReadSeeds | null,
    signal: AbortSignal,
  ): Promise<InputAnswer & MadeInput> {
    const [{ data: plan }, { file }] = this.#imageOf(index);
    if (!(part < plan.partNumbers.length)) throw new Error(`There is no part ${part} in the plan.`);
    const image = await this.#read(file, plan, signal);
    const voxels = voxelsOf(file, image);
    const settings = plan.input;
    await this.#thread.ask("check", [voxels, settings], signal);
    const standard = await this.#standardOf(plan, signal);
    const made = await this.#thread.ask("makeInput", [{ voxels, settings, part, seeds, standard }], signal);
    return { affine: image.grid.affine, voxelSize: image.voxelSize, ...made };
  }

  /** Landmarks of a few training images: what a training fits on all of them is close to it, and takes as long as reading them. */
  async #standardOf(plan: DataPlan, signal: AbortSignal): Promise<readonly number[] | undefined> {
    const { intensity } = plan.input;
    if (intensity?.kind !== "histogram") return undefined;
    if (this.#standard === null || this.#standard.isCalledOff)
      this.#standard = new SharedWork((all) => this.#fitOnSome(plan, intensity, all));
    return await this.#standard.wait(signal);
  }

  async #fitOnSome(
    { input, splits }: DataPlan,
    settings: SettingsOf<"histogram">,
    signal: AbortSignal,
  ): Promise<readonly number[]> {
    const measured: (readonly number[])[] = [];
    for (const { file } of splits[0]?.train.slice(0, SOME_IMAGES) ?? []) {
      const voxels = voxelsOf(file, await this.#decode(file, input.space, signal));
      measured.push(await this.#thread.ask("measure", [voxels, input], signal));
    }
    return fitLandmarks(measured, settings);
  }

  #imageOf(index: number): readonly [Planned, PlannedImage] {
    const planned = this.#planned;
    const image = planned?.images[index];
    if (planned === null || image === undefined) throw new Error(`There is no image ${index} in the plan.`);
    return [planned, image];
  }

  /** What reading an image throws, with its name and, where the problem names none, its file. */
  async #naming<Result>(index: number, read: () => Promise<Result>): Promise<Result> {
    const image = this.#planned?.images[index];
    try {
      return await read();
    } catch (error) {
      if (image === undefined) throw error;
      const { problems } = refusal(nameImage(image, error));
      throw new InputError(problems.map((problem) => ({ file: image.file, ...problem })));
    }
  }

  async #read(file: string, { input }: DataPlan, signal: AbortSignal): Promise<ImageInSpace> {
    if (this.#decoded?.file !== file || this.#decoded.image.isCalledOff)
      this.#decoded = { file, image: new SharedWork((all) => this.#decode(file, input.space, all)) };
    return await this.#decoded.image.wait(signal);
  }

  async #decode(file: string, space: SpaceRule, signal: AbortSignal): Promise<ImageInSpace> {
    const volume = await readNifti(file, sharedVoxels);
    signal.throwIfAborted();
    return changesGrid(space)
      ? await this.#thread.ask("place", [volume, space], signal)
      : imageInSpace(volume, space);
  }
}

/** Training images whose histograms are looked at for the preview. */
const SOME_IMAGES = 8;

const voxelsOf = (file: string, { grid, values }: ImageInSpace): SharedVoxels => ({
  file,
  size: grid.shape,
  affine: grid.affine,
  data: values,
});

function refusal(error: unknown): { readonly plan: null; readonly problems: readonly Problem[] } {
  if (error instanceof InputError) return { plan: null, problems: error.problems };
  const reason = reasonOf(error);
  return { plan: null, problems: [problem("data.unreadable", {}, { reason })] };
}

/** Problems that name no file are about the experiment file. */
function toProblem(problem: Problem, otherwise: string): InputProblem {
  const { severity, file, where } = problem;
  const line = /^row (\d+)$/.exec(where ?? "")?.[1];
  return {
    severity,
    file: file ?? otherwise,
    line: line === undefined ? null : Number(line),
    where: where ?? null,
    ...sentencesHere(problem),
  };
}
