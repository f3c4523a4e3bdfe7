import { valueLoss } from "./loss";

/** torch.nn.HuberLoss: e^2 / 2 where |e| <= delta, else delta (|e| - delta / 2). It is delta times SmoothL1Loss. */
export const huberLoss = valueLoss({
  tasks: ["regression", "reconstruction"],
  text: "half the square for errors up to `loss_delta`, growing linearly above",
  options: { delta: { default: 1, text: "The error from which on `HuberLoss` grows linearly." } },
  ofElement: (error, { delta }) =>
    Math.abs(error) <= delta ? error ** 2 / 2 : delta * (Math.abs(error) - delta / 2),
});
