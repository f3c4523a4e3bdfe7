/** The engine of the project, changed where models train side by side. */
import { type Engine, EngineError } from "../../src/engine/engine";
import { createOnnxEngine } from "../../src/engine/onnx/onnxEngine";
import { sentence } from "../../src/network/sentence";

type Trainer = Engine["trainer"];

/** @param change is told with each trainer which model it is, from 0 */
async function changedEngine(
  threads: number,
  change: (trainer: Trainer, model: number) => Trainer,
): Promise<Engine> {
  const engine = await createOnnxEngine({ threads });
  let models = 0;
  return {
    ...engine,
    sideBySide(count) {
      const several = engine.sideBySide!(count);
      return { ...several, trainer: (...settings) => change(several.trainer, models++)(...settings) };
    },
  };
}

/**
 * Of the first `pairs` pairs of models nobody's is given out before the other's is there: the first of models in turn would wait for
 * ever.
 */
export async function pairingEngine(pairs: number, threads: number): Promise<Engine> {
  const waiting: (() => void)[] = [];
  return await changedEngine(threads, (trainer, model) => async (...settings) => {
    const made = await trainer(...settings);
    if (model < 2 * pairs)
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const goOn of waiting.splice(0)) goOn();
      });
    return made;
  });
}

/** Why a model of `failingEngine` cannot be made. */
export const NO_MEMORY = new EngineError(sentence`There is not enough memory for this model.`);

/** The second model cannot be made. */
export const failingEngine = (threads: number): Promise<Engine> =>
  changedEngine(threads, (trainer, model) => (model === 1 ? () => Promise.reject(NO_MEMORY) : trainer));
