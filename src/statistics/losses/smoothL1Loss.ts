import { valueLoss } from "./loss";

/** torch.nn.SmoothL1Loss: e^2 / (2 beta) where |e| < beta, else |e| - beta / 2. */
export const smoothL1Loss = valueLoss({
  tasks: ["regression", "reconstruction"],
  text: "squared for errors below `loss_beta`, absolute above",
  options: { beta: { default: 1, text: "The error from which on `SmoothL1Loss` is absolute." } },
  ofElement: (error, { beta }) =>
    Math.abs(error) < beta ? error ** 2 / (2 * beta) : Math.abs(error) - beta / 2,
});
