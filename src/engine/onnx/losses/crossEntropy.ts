import { div, equal, exponential, logSoftmax, mul, negate, sub, where } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import { reduceSum } from "../graph/reduction";
import type { CompileLoss } from "./loss";

/**
 * torch.nn.CrossEntropyLoss, mean reduction: loss = - sum_i s_i log p_i[y_i], where p = softmax(logits) and the share
 * s_i = w[y_i] / sum_j w[y_j] is 1 / N without class weights. dlogits_i = s_i (p_i - onehot(y_i)).
 * @param logits [N, classes]
 * @param target class codes, int32 [N]
 */
export const crossEntropy: CompileLoss<"CrossEntropyLoss"> = (logits, target, { classWeights }) => {
  const { graph, shape } = logits;
  const [batch, classes] = shape as readonly [number, number];
  const codes = graph.constant("int32", [1, classes], [...Array(classes).keys()]);
  const oneHot = where(equal(reshape(target, [batch, 1]), codes), 1, 0);
  const weights = graph.constant("float32", [1, classes], classWeights ?? Array<number>(classes).fill(1));
  const weighted = mul(oneHot, weights);
  const shares = div(weighted, reduceSum(weighted, [0, 1], "keep"));
  const logProbabilities = logSoftmax(logits);
  const shareOfSample = reduceSum(shares, [1], "keep");
  return {
    value: negate(reduceSum(mul(shares, logProbabilities), [0, 1], "drop")),
    gradient: sub(mul(exponential(logProbabilities), shareOfSample), shares),
  };
};
