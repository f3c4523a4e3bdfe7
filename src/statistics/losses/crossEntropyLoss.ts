import type { ClassLoss } from "./loss";

/** torch.nn.CrossEntropyLoss: log(sum exp(logits)) - logits[code]. */
export const crossEntropyLoss: ClassLoss = {
  tasks: ["classification"],
  text: "how improbable the true class was: -log of its softmax",
  target: "classes",
  /** Shifted by the largest logit, so that nothing overflows. */
  ofSample(logits, code) {
    const largest = Math.max(...logits);
    const total = Array.from(logits, (logit) => Math.exp(logit - largest)).reduce((a, b) => a + b);
    return Math.log(total) + largest - logits[code]!;
  },
  decode: softmax,
};

/** Probabilities of the classes; subtracting the largest logit keeps the exponentials finite. */
function softmax(logits: Float32Array): number[] {
  const values = Array.from(logits);
  const largest = Math.max(...values);
  const exponentials = values.map((value) => Math.exp(value - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}
