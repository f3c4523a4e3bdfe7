/**
 * What a training keeps of a few validation images so that it can be seen how its autoencoder reconstructs them: planes at every best
 * epoch, whole volumes at the last. The images are the same at every epoch.
 */
import { join } from "node:path";
import { gridInSpace } from "../../data/nifti/imageInSpace";
import { readNiftiHeader } from "../../data/nifti/niftiHeader";
import { inputPlace, valuesInPlace } from "../../data/parts/inputPlace";
import type { BodyOf } from "../../run/events";
import { affineOfPart } from "../../space/affine";
import { planesOf, type Reconstruction, stepFor } from "../../space/keptPlanes";
import { answered } from "../../statistics/answer";
import { robustRange } from "../../statistics/robustRange";
import { writePartVolume } from "../explanation/partVolume";
import { asTrained } from "../results/evaluation";
import { predictionsOf } from "../results/prediction";
import type { KeptSample, KeptSamples } from "./keptSamples";
import type { NetworkTraining } from "./networkTraining";

/** Keeps them where `epoch` is a new best one, and says so in the log. @param improved metrics whose best epoch it is */
export async function keepReconstructions(
  training: NetworkTraining,
  epoch: number,
  improved: readonly string[],
): Promise<void> {
  const { kept, recorder } = training;
  if (kept === undefined || kept.samples.length === 0 || !improved.includes(kept.metric)) return;
  const seen: Seen[] = [];
  for (const sample of kept.samples) seen.push(await reconstructed(training, kept, sample));
  const step = stepFor(
    seen.map(({ box }) => box.size),
    kept.mostBytes,
  );
  await recorder.reconstructions(
    epoch,
    seen.map(({ box }) => planesOf(box, step)),
    async (folder) => {
      await Promise.all(seen.map((one) => writeVolumes(folder, kept, one)));
    },
  );
  recorder.event({ kind: "reconstruction", epoch, images: seen.map(({ told }) => told) });
}

interface Seen {
  readonly sample: KeptSample;
  readonly box: Reconstruction;
  /** [channels, ...spatial] */
  readonly input: Float32Array;
  readonly output: Float32Array;
  readonly told: BodyOf<"reconstruction">["images"][number];
}

async function reconstructed(
  training: NetworkTraining,
  { input: settings }: KeptSamples,
  sample: KeptSample,
): Promise<Seen> {
  const { validation, objective } = training;
  const one = validation.samples[sample.index]!;
  const input = await validation.read([sample.index]);
  const evaluation = await asTrained(training).evaluate([one], input);
  const output = Float32Array.from(evaluation.outputs.data);
  const [prediction] = predictionsOf(
    objective,
    [one],
    { image: input, shape: validation.inputSize },
    evaluation,
  );
  const { answer, loss } = answered([prediction!], "reconstruction")[0]!;
  const { start, step, size } = inputPlace(settings, sample.place);
  const header = await readNiftiHeader(sample.image.file);
  const { affine } = gridInSpace(header, settings.space);
  const shown = valuesInPlace(settings, sample.place, input);
  const box = {
    size,
    affine: affineOfPart(affine, start, [step, step, step]),
    ...robustRange(shown.length, (voxel) => shown[voxel]!),
    input: shown,
    output: valuesInPlace(settings, sample.place, output),
  };
  const { participantId, sessionId } = one;
  const { name, part } = sample;
  return {
    sample,
    box,
    input,
    output,
    told: { name, participantId, sessionId, part, loss, metrics: answer.metrics },
  };
}

async function writeVolumes(folder: string, { input: settings }: KeptSamples, seen: Seen): Promise<void> {
  const { sample, input, output } = seen;
  const difference = output.map((value, voxel) => value - input[voxel]!);
  for (const [kind, values] of Object.entries({ input, output, difference })) {
    const file = join(folder, `${sample.name}_${kind}.nii.gz`);
    await writePartVolume(file, sample.image.file, { input: settings }, sample.place, values);
  }
}
