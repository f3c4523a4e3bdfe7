/** The engine of predictions and explanations, which may be chosen when the network is known. */
import type { Engine } from "../../engine/engine";
import type { AnswerJob } from "../run/stepTiming";

export type AnsweringEngine = Engine | ((job: AnswerJob) => Promise<Engine>);

export const engineFor = async (given: AnsweringEngine, job: AnswerJob): Promise<Engine> =>
  typeof given === "function" ? await given(job) : given;
