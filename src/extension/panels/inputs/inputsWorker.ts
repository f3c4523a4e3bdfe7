/** The thread of an input preview: its own entry of the build, started by inputsThread.ts. */
import type { DrawnPhrase } from "../../../../webview/inputs/messages";
import { inputFrame, planForImage } from "../../../data/augmentation/inputFrame";
import type { InputFrame } from "../../../data/augmentation/kind";
import { fittedFacts } from "../../../data/batches/fittedFacts";
import { inputsOf } from "../../../data/batches/inputsOf";
import {
  checkVoxels,
  type InputSettings,
  measuredImage,
  type OnDrawn,
} from "../../../data/batches/networkInput";
import { imageInSpace } from "../../../data/nifti/imageInSpace";
import { sharedVoxels } from "../../../data/nifti/sharedVoxels";
import { answerInThread } from "../../../messages/answerInThread";
import { Transferred } from "../../../messages/answers";
import type { Affine } from "../../../space/affine";
import { drawnPhrases } from "./drawnPhrases";
import {
  type InputRequest,
  type InputsFailure,
  type InputsWork,
  inputsErrors,
  type MadeInput,
} from "./threadMessages";

answerInThread<InputsWork, InputsFailure>(
  {
    place: ([volume, space]) => imageInSpace(volume, space, sharedVoxels),
    check: ([voxels, { imageSize }]) => {
      checkVoxels(voxels, imageSize);
    },
    measure: ([voxels, settings]) => fittedFacts(voxels, settings) ?? [],
    makeInput: ([request]) => {
      const made = makeInput(request);
      return new Transferred(made, [made.values.buffer]);
    },
  },
  inputsErrors,
  { inTurn: true },
);

function makeInput({ voxels, settings, part, seeds, standard }: InputRequest): MadeInput {
  const measured = measuredImage(voxels, settings);
  const frame = frameOf(voxels.affine, settings);
  const phrases: DrawnPhrase[] = [];
  const onDrawn: OnDrawn = (drawn) => {
    phrases.push(...drawn.flatMap((one) => (one === null ? [] : drawnPhrases(one, frame))));
  };
  const options = { seeds: seeds ?? undefined, standard, onDrawn };
  const [values = new Float32Array()] = inputsOf({ ...voxels, measured }, settings, [part], options);
  return { values, phrases };
}

/** In which what is drawn for an image is said. */
const frameOf = (affine: Affine, { cut, reduction, transforms = null }: InputSettings): InputFrame =>
  transforms === null
    ? inputFrame(affine, cut, reduction)
    : planForImage(transforms, affine, cut, reduction).frame;
