import { describe, expect, it } from "vitest";
import { buildNetwork } from "../../../src/network/building/build";
import { layerText } from "../../../src/network/drawing/layerText";
import type { Sequence } from "../../../src/network/layer";
import type { Autoencoder, Cnn, Network } from "../../../src/network/network";
import { transpose } from "../../../src/network/transpose";
import { parameterSpecs } from "../../../src/network/weights/parameters";
import golden from "../../fixtures/network/b_ae_layers.json";

describe("layers and state dicts against ClinicaDL's", () => {
  for (const [name, expected] of Object.entries(golden)) {
    const [, inChannels, ...spatial] = expected.input;
    const request = {
      inputSize: [inChannels!, ...spatial],
      outputSize: 2,
      dropout: 0.5,
      latentSpaceSize: 128,
      layout: "clinicadl" as const,
    };
    const architecture = name.slice(0, -"_3d".length);
    const cnn = asCnn(buildNetwork({ ...request, architecture, task: "classification" }));
    const autoencoder = asAutoencoder(
      buildNetwork({ ...request, architecture: `AE_${architecture}`, task: "reconstruction" }),
    );

    it(`${name}: layers of the CNN`, () => {
      expect(lines(cnn.convolutions)).toEqual(expected.cnn_convolutions);
      expect(lines(cnn.fc)).toEqual(expected.cnn_fc);
    });

    it(`${name}: layers of the encoder and the decoder`, () => {
      expect(lines(autoencoder.encoder)).toEqual(expected.encoder);
      expect(lines(autoencoder.decoder)).toEqual(expected.decoder);
    });

    it(`${name}: names, shapes and order of both state dicts`, () => {
      expect(stateShapes(cnn)).toEqual(Object.entries(expected.cnn_state_dict));
      expect(stateShapes(autoencoder)).toEqual(Object.entries(expected.ae_state_dict));
    });

    it(`${name}: the transposition of the CNN is the autoencoder of the zoo`, () => {
      expect(transpose(cnn, { layout: "clinicadl" }).autoencoder.decoder).toEqual(autoencoder.decoder);
    });
  }
});

/** The golden lists shorten the lines of pools and unpools. */
function lines(layers: Sequence): string[] {
  return layers.map(({ name, layer }) => {
    const line = layerText(layer)
      .replace(/^(PadMaxPool.d)\(kernel_size=(\d), stride=(\d)\)$/, "$1(k=$2,s=$3)")
      .replace(/^ReLU\(\)$/, "ReLU")
      .replace(/^(CropMaxUnpool.d)\(.*$/, "$1");
    return `${name}: ${line}`;
  });
}

function stateShapes(network: Network) {
  return parameterSpecs(network).map(({ name, shape }) => [name, shape]);
}

function asCnn(network: Network): Cnn {
  if (network.family !== "cnn") throw new Error("expected a CNN");
  return network;
}

function asAutoencoder(network: Network): Autoencoder {
  if (network.family !== "autoencoder") throw new Error("expected an autoencoder");
  return network;
}
