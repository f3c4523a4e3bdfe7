/**
 * What the host does for one input preview: plans the data of the experiment file, then reads images and makes inputs of them,
 * with the code that the training runs. Needs no editor.
 */
import type { FromInputs, InputPlan, InputProblem, ToInputs } from "../../../../webview/inputs/messages";
import { checkVoxels, networkInput } from "../../../data/batches/networkInput";
import { keptVoxels } from "../../../data/batches/sizeReduction";
import { type NiftiVolume, readNifti } from "../../../data/nifti/nifti";
import { type DataPlan, type PlannedImage, surveyData } from "../../../data/plan/experimentData";
import { imageKey } from "../../../data/sources/images";
import { nameImage } from "../../../data/sources/nameImage";
import type { Experiment } from "../../../experiment/experiment";
import { InputError, type Problem } from "../../../experiment/problem";
import { problem } from "../../../experiment/problemTable";
import { readExperiment } from "../../../experiment/resolve";
import { Latest } from "../latest";

export interface ExperimentFileNames {
  readonly path: string;
  readonly uri: string;
  readonly name: string;
}

interface Planned {
  readonly data: DataPlan;
  /** In the order in which the view numbers them. */
  readonly images: readonly PlannedImage[];
}

export class InputsSession {
  #planned: Planned | null = null;
  /** What a newer plan or request overtook is not sent. */
  readonly #plans = new Latest();
  readonly #requests = new Latest();
  /** The image that is looked at, decoded: its parts are asked for one after the other. */
  #decoded: { readonly file: string; readonly volume: Promise<NiftiVolume> } | null = null;
  readonly #file: ExperimentFileNames;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToInputs) => void;
  readonly #open: (file: string, line: number | null) => Promise<void>;

  constructor(
    file: ExperimentFileNames,
    texts: Readonly<Record<string, string>>,
    post: (message: ToInputs) => void,
    open: (file: string, line: number | null) => Promise<void>,
  ) {
    this.#file = file;
    this.#texts = texts;
    this.#post = post;
    this.#open = open;
  }

  async receive(message: FromInputs): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#post({
          kind: "welcome",
          experiment: this.#file.uri,
          name: this.#file.name,
          texts: this.#texts,
        });
        await this.plan();
        return;
      case "again":
        await this.plan();
        return;
      case "image":
        await this.#sendImage(message.image);
        return;
      case "input":
        await this.#sendInput(message.image, message.part, message.seed);
        return;
      case "open":
        await this.#open(message.file, message.line);
        return;
    }
  }

  /** Reads the experiment, its tables and the headers of its images (again). */
  async plan(): Promise<void> {
    const isLast = this.#plans.begin();
    this.#post({ kind: "planning" });
    const { experiment, problems } = readExperiment(this.#file.path);
    const survey =
      experiment === null ? { plan: null, problems: [] } : await surveyData(experiment).catch(refusal);
    if (!isLast()) return;
    const all = [...problems, ...survey.problems].map((problem) => toProblem(problem, this.#file.path));
    this.#decoded = null;
    this.#planned = survey.plan === null ? null : { data: survey.plan, images: uniqueImages(survey.plan) };
    this.#post({
      kind: "plan",
      plan: experiment === null || this.#planned === null ? null : describePlan(experiment, this.#planned),
      problems: all,
    });
  }

  async #sendImage(index: number): Promise<void> {
    await this.#guarded(index, async (_, { header, data }) => {
      const { shape, affine, voxelSize } = header;
      return { kind: "image", image: index, size: shape, affine, voxelSize, values: data };
    });
  }

  async #sendInput(index: number, part: number, seed: number | null): Promise<void> {
    const isLast = this.#requests.begin();
    await this.#guarded(index, async ({ file }, { header, data }, plan) => {
      const voxels = { file, size: header.shape, data };
      checkVoxels(voxels, plan.input.imageSize);
      if (!isLast() || !(part < plan.partNumbers.length)) return null;
      const values = networkInput(voxels, plan.input, part, seed ?? undefined);
      const { affine, voxelSize } = header;
      return { kind: "input", image: index, part, seed, affine, voxelSize, values };
    });
  }

  /** Sends what `make` makes of an image, or why it cannot be read; nothing when the plan is another one by then. */
  async #guarded(
    index: number,
    make: (image: PlannedImage, volume: NiftiVolume, plan: DataPlan) => Promise<ToInputs | null>,
  ): Promise<void> {
    const planned = this.#planned;
    const image = planned?.images[index];
    if (planned === null || image === undefined) return;
    const current = () => this.#planned === planned;
    try {
      const message = await make(image, await this.#read(image.file), planned.data);
      if (message !== null && current()) this.#post(message);
    } catch (error) {
      if (!current()) return;
      const named = nameImage(image, error);
      const { problems } = refusal(named);
      this.#post({
        kind: "refused",
        image: index,
        problems: problems.map((problem) => toProblem(problem, image.file)),
      });
    }
  }

  #read(file: string): Promise<NiftiVolume> {
    if (this.#decoded?.file !== file) this.#decoded = { file, volume: readNifti(file) };
    return this.#decoded.volume;
  }
}

function refusal(error: unknown): { readonly plan: null; readonly problems: readonly Problem[] } {
  if (error instanceof InputError) return { plan: null, problems: error.problems };
  const reason = error instanceof Error ? error.message : String(error);
  return { plan: null, problems: [problem("data.unreadable", {}, { reason })] };
}

function uniqueImages({ splits }: DataPlan): readonly PlannedImage[] {
  const all = splits.flatMap(({ train, validation }) => [...train, ...validation]);
  return [...new Map(all.map((image) => [imageKey(image), image])).values()];
}

function describePlan(experiment: Experiment, { data, images }: Planned): InputPlan {
  const { input, splits, classes } = data;
  const indices = new Map(images.map((image, index) => [imageKey(image), index]));
  const indicesOf = (set: readonly PlannedImage[]) =>
    Uint32Array.from(set, (image) => indices.get(imageKey(image)) ?? 0);
  return {
    task: experiment.network_task,
    label: experiment.label,
    classes,
    normalize: input.normalize,
    imageSize: input.imageSize,
    inputSize: input.inputSize,
    cut: unshared(input.cut),
    reduced: input.reduction === null ? null : keptVoxels(input.imageSize, input.reduction),
    augmentation: input.augmentation,
    images: images.map(({ participantId, sessionId, cohort, label }) => ({
      participant: participantId,
      session: sessionId,
      cohort,
      label,
    })),
    splits: splits.map(({ split, train, validation }) => ({
      split,
      train: indicesOf(train),
      validation: indicesOf(validation),
    })),
  };
}

/** Masks stand in memory that workers share, which cannot be sent to a view. */
function unshared(cut: DataPlan["input"]["cut"]): InputPlan["cut"] {
  if (cut.mode !== "roi") return cut;
  return {
    mode: "roi",
    regions: cut.regions.map(({ name, planes, mask }) => ({
      name,
      planes,
      ...(mask === undefined ? {} : { mask: new Uint8Array(mask) }),
    })),
  };
}

/** Problems that name no file are about the experiment file. */
function toProblem({ severity, file, where, message, remedy }: Problem, otherwise: string): InputProblem {
  const line = /^row (\d+)$/.exec(where ?? "")?.[1];
  return {
    severity,
    file: file ?? otherwise,
    line: line === undefined ? null : Number(line),
    where: where ?? null,
    message,
    remedy,
  };
}
