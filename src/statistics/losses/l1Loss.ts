import { valueLoss } from "./loss";

/** torch.nn.L1Loss. */
export const l1Loss = valueLoss({
  tasks: ["regression", "reconstruction"],
  text: "mean of the absolute errors, which single large ones sway less",
  options: {},
  ofElement: Math.abs,
});
