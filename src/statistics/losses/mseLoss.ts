import { valueLoss } from "./loss";

/** torch.nn.MSELoss. */
export const mseLoss = valueLoss({
  tasks: ["regression", "reconstruction"],
  text: "mean of the squared errors",
  options: {},
  ofElement: (error) => error ** 2,
});
