/**
 * What the host does for one input preview: plans the data of the experiment file, then reads images and makes inputs of them,
 * with the code that the training runs. Needs no editor.
 */

import type {
  AskedDraw,
  DrawAnswer,
  DrawnPhrase,
  FromInputs,
  ImageAnswer,
  InputAnswer,
  InputProblem,
  InputsMethods,
  ToInputs,
} from "../../../../webview/inputs/messages";
import type { LayerFile } from "../../../../webview/shared/volume/layers/messages";
import { auditedSurvey } from "../../../audit/auditPlan";
import { inputFrame, planForImage } from "../../../data/augmentation/inputFrame";
import { fittedFacts } from "../../../data/batches/fittedFacts";
import { inputsOf } from "../../../data/batches/inputsOf";
import {
  checkVoxels,
  type InputSettings,
  measuredImage,
  type OnDrawn,
} from "../../../data/batches/networkInput";
import { fitLandmarks } from "../../../data/intensity/histogram";
import type { SettingsOf } from "../../../data/intensity/method";
import { type ImageInSpace, readImageInSpace } from "../../../data/nifti/imageInSpace";
import { readNifti } from "../../../data/nifti/nifti";
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
import { sentencesHere } from "../../language";
import { NamedLayers, type OpenLayer } from "../nifti/namedLayers";
import { describePlan, type Planned, planned } from "./describePlan";
import { drawnPhrases } from "./drawnPhrases";
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
  #decoded: { readonly file: string; readonly volume: Promise<ImageInSpace> } | null = null;
  #standard: Promise<readonly number[]> | null = null;
  readonly #file: ExperimentFileNames;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToInputs) => void;
  readonly #editor: InputsEditor;
  readonly #layers: NamedLayers;

  constructor(
    file: ExperimentFileNames,
    texts: Readonly<Record<string, string>>,
    post: (message: ToInputs) => void,
    editor: InputsEditor,
  ) {
    this.#file = file;
    this.#texts = texts;
    this.#post = post;
    this.#editor = editor;
    this.#layers = new NamedLayers(editor.openLayer);
    this.#answers = new Answers<InputsMethods, readonly InputProblem[]>(
      {
        readImage: ([image]) => this.#naming(image, () => this.#readImage(image)),
        readStored: ([image]) => this.#naming(image, () => this.#readStored(image)),
        readInput: ([image, part], signal) =>
          this.#naming(image, () => this.#readInput(image, part, null, signal)),
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

  async #readImage(index: number): Promise<ImageAnswer> {
    const [{ data: plan }, { file }] = this.#imageOf(index);
    const { grid, values, voxelSize } = await this.#read(file, plan);
    const { shape: size, affine } = grid;
    return { size, affine, voxelSize, values };
  }

  async #readStored(index: number): Promise<ImageAnswer> {
    const [, { file }] = this.#imageOf(index);
    const { header, data: values } = await readNifti(file);
    const { shape: size, affine, voxelSize } = header;
    return { size, affine, voxelSize, values };
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
    const phrases: DrawnPhrase[] = [];
    const { cut, reduction, transforms } = data.input;
    const { affine } = (await this.#read(image.file, data)).grid;
    const frame = transforms
      ? planForImage(transforms, affine, cut, reduction).frame
      : inputFrame(affine, cut, reduction);
    const answer = await this.#readInput(index, part, draw.seeds, signal, (drawn) => {
      phrases.push(...drawn.flatMap((one) => (one === null ? [] : drawnPhrases(one, frame))));
    });
    return { ...answer, epoch: draw.epoch, phrases };
  }

  async #readInput(
    index: number,
    part: number,
    seeds: ReadSeeds | null,
    signal: AbortSignal,
    onDrawn?: OnDrawn,
  ): Promise<InputAnswer> {
    const [{ data: plan }, { file }] = this.#imageOf(index);
    if (!(part < plan.partNumbers.length)) throw new Error(`There is no part ${part} in the plan.`);
    const { grid, values: data, voxelSize } = await this.#read(file, plan);
    const voxels = { file, size: grid.shape, affine: grid.affine, data };
    checkVoxels(voxels, plan.input.imageSize);
    const standard = await this.#standardOf(plan);
    signal.throwIfAborted();
    const measured = measuredImage(voxels, plan.input);
    const options = { seeds: seeds ?? undefined, standard, onDrawn };
    const [values = new Float32Array()] = inputsOf({ ...voxels, measured }, plan.input, [part], options);
    return { affine: grid.affine, voxelSize, values };
  }

  /** Landmarks of a few training images: what a training fits on all of them is close to it, and takes as long as reading them. */
  #standardOf({ input, splits }: DataPlan): Promise<readonly number[] | undefined> {
    const { intensity } = input;
    if (intensity?.kind !== "histogram") return Promise.resolve(undefined);
    this.#standard ??= fitOnSome(splits[0]?.train ?? [], input, intensity);
    return this.#standard;
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

  #read(file: string, { input }: DataPlan): Promise<ImageInSpace> {
    if (this.#decoded?.file !== file) this.#decoded = { file, volume: readImageInSpace(file, input.space) };
    return this.#decoded.volume;
  }
}

/** Training images whose histograms are looked at for the preview. */
const SOME_IMAGES = 8;

async function fitOnSome(
  images: readonly PlannedImage[],
  input: InputSettings,
  settings: SettingsOf<"histogram">,
): Promise<readonly number[]> {
  const measured: (readonly number[])[] = [];
  for (const { file } of images.slice(0, SOME_IMAGES)) {
    const { values } = await readImageInSpace(file, input.space);
    measured.push(fittedFacts({ file, data: values }, input) ?? []);
  }
  return fitLandmarks(measured, settings);
}

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
