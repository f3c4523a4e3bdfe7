import { kernel } from "../kernel/kernel";
import { NOT_A_NUMBER, treeSum } from "../kernel/snippets";
import { constant, filled } from "../kernels/constant";
import { lossValue, type RecordLoss } from "./loss";

const LANES = 64;

/** One group for the whole batch: a batch is small beside an image. */
const crossEntropyKernel = kernel(
  "CrossEntropyLoss",
  {
    over: "groups",
    workgroup: LANES,
    whole: ["samples", "classes"],
    buffers: {
      logits: "read f32",
      codes: "read u32",
      weights: "read f32",
      gradient: "write f32",
      loss: "write f32",
    },
    declarations: `${NOT_A_NUMBER}
var<workgroup> sums: array<f32, ${LANES}>;
/** The largest logit of the row that begins there; NaN if one is. */
fn largest(row: u32) -> f32 {
  var most = logits[row];
  for (var k = 1u; k < shape.classes; k++) {
    let logit = logits[row + k];
    if (is_nan(logit) || (!is_nan(most) && logit > most)) { most = logit; }
  }
  return most;
}`,
  },
  `
  var sum = 0.0;
  for (var n = lane; n < shape.samples; n += ${LANES}u) { sum += weights[codes[n]]; }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  let all = sums[0];
  workgroupBarrier();
  sum = 0.0;
  for (var n = lane; n < shape.samples; n += ${LANES}u) {
    let row = n * shape.classes;
    let share = weights[codes[n]] / all;
    let most = largest(row);
    var exponentials = 0.0;
    for (var k = 0u; k < shape.classes; k++) { exponentials += exp(logits[row + k] - most); }
    let logarithm = log(exponentials);
    if (is_nan(most)) { sum = most; }
    else { sum += share * (logarithm - (logits[row + codes[n]] - most)); }
    for (var k = 0u; k < shape.classes; k++) {
      let probability = exp(logits[row + k] - most - logarithm);
      gradient[row + k] = select(share * (probability - f32(k == codes[n])), most, is_nan(most));
    }
  }
  sums[lane] = sum;
  ${treeSum(["sums"], LANES)}
  if (lane == 0u) { loss[0] = sums[0]; }`,
);

/**
 * torch.nn.CrossEntropyLoss, mean reduction: loss = - sum_i s_i log p_i[y_i], where p = softmax(logits) and the share
 * s_i = w[y_i] / sum_j w[y_j] is 1 / N without class weights. dlogits_i = s_i (p_i - onehot(y_i)). Output [N, classes]; target class codes,
 * u32 [N].
 */
export const crossEntropy: RecordLoss<"CrossEntropyLoss"> = ({ output, target, pass }, { classWeights }) => {
  const { tape } = pass;
  const [samples, classes] = output.shape as readonly [number, number];
  const weights = classWeights === undefined ? filled(tape, classes, 1) : constant(tape, classWeights);
  const gradient = pass.like("gradient of the loss", output);
  const value = lossValue(pass);
  tape.groups(
    crossEntropyKernel,
    [1, 1, 1],
    {
      buffers: { logits: output, codes: target, weights, gradient, loss: value },
      whole: { samples, classes },
      real: {},
    },
    samples * classes,
  );
  return { value, gradient };
};
