// @ts-nocheck
import { buildNetwork } from "../../../src/network/build";
import { initialState } from "../../../src/network/initialise";
import { countParameters } from "../../../src/network/parameters";
const network = buildNetwork({ architecture: { convolutions: [{ layer: "Conv", out_channels: 8, kernel_size: 3, stride: 1, padding: 1, bias: true }], fc: [{ layer: "Flatten" }, { layer: "Linear", out_features: Number(process.argv[2]), bias: true }, { layer: "Linear", bias: true }] }, inputSize: [1, 169, 208, 179], outputSize: 2, dropout: 0, latentSpaceSize: 1, task: "classification" });
console.log(countParameters(network));
try { initialState(network, 1); } catch (e) { console.log(e.name, e.message); }
