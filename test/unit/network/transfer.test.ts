import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { buildNetwork, type NetworkRequest } from "../../../src/network/building/build";
import { initialState } from "../../../src/network/weights/initialise";
import { parameterSpecs } from "../../../src/network/weights/parameters";
import type { StateDict, Tensor } from "../../../src/network/weights/tensor";
import { frozenParameters, TransferError, transferState } from "../../../src/network/weights/transfer";
import golden from "../../fixtures/network/c_transfer_ae_to_cnn.json";

const build = (architecture: string, request: Partial<NetworkRequest> = {}) =>
  buildNetwork({
    architecture,
    inputSize: [1, 25, 31, 27],
    outputSize: 2,
    dropout: 0,
    latentSpaceSize: 8,
    task: architecture.startsWith("AE_") ? "reconstruction" : "classification",
    ...request,
  });
const cnn = build("Conv5_FC3");
const autoencoder = build("AE_Conv5_FC3");

/** Every value another than any initial one, running statistics included. */
const trained = (state: StateDict): StateDict =>
  new Map([...state].map(([name, tensor], position) => [name, filled(tensor, position + 2)]));

function filled(tensor: Tensor, value: number): Tensor {
  switch (tensor.dtype) {
    case "int64":
      return { ...tensor, data: tensor.data.map(() => BigInt(value)) };
    case "float32":
      return { ...tensor, data: tensor.data.map(() => value) };
    case "float64":
      return { ...tensor, data: tensor.data.map(() => value) };
  }
}

/** Type, shape and bytes in one line: comparing that is quicker than comparing large arrays. */
function fingerprint(tensor: Tensor | undefined): string {
  if (tensor === undefined) return "absent";
  const { buffer, byteOffset, byteLength } = tensor.data;
  const bytes = createHash("sha256").update(new Uint8Array(buffer, byteOffset, byteLength));
  return `${tensor.dtype} ${tensor.shape} ${bytes.digest("hex")}`;
}

const fingerprints = (state: StateDict) =>
  [...state].map(([name, tensor]) => `${name} ${fingerprint(tensor)}`);

describe("transferState", () => {
  it("autoencoder to cnn takes what ClinicaDL takes and leaves the classifier", () => {
    const source = trained(initialState(autoencoder, 1));
    const initial = initialState(cnn, 2);
    const { state, report } = transferState(source, { network: cnn, state: initial });

    expect(Object.fromEntries(report.taken.map(({ target, source: from }) => [target, from]))).toEqual(
      golden.copied,
    );
    expect(report.kept).toEqual(golden.unchanged);
    expect(report).toMatchObject({ from: "autoencoder", to: "cnn" });
    expect([...state.keys()]).toEqual([...initial.keys()]);
    for (const [target, from] of Object.entries(golden.copied))
      expect(fingerprint(state.get(target))).toBe(fingerprint(source.get(from)));
    for (const name of golden.unchanged)
      expect(fingerprint(state.get(name))).toBe(fingerprint(initial.get(name)));
    expect(report.unused.every((name) => name.startsWith("decoder."))).toBe(true);
    expect(report.unused).toContain("decoder.1.weight");
  });

  it("cnn to autoencoder fills the encoder and leaves the decoder", () => {
    const source = trained(initialState(cnn, 1));
    const initial = initialState(autoencoder, 2);
    const { state, report } = transferState(source, { network: autoencoder, state: initial });
    expect(report.taken).toHaveLength(Object.keys(golden.copied).length);
    expect(fingerprint(state.get("encoder.17.running_var"))).toBe(
      fingerprint(source.get("convolutions.17.running_var")),
    );
    expect(report.kept.every((name) => name.startsWith("decoder."))).toBe(true);
    expect(report.unused).toEqual(golden.unchanged);
  });

  for (const [name, network] of [
    ["cnn to cnn", cnn],
    ["autoencoder to autoencoder", autoencoder],
  ] as const)
    it(`${name} takes everything`, () => {
      const source = trained(initialState(network, 1));
      const { state, report } = transferState(source, { network, state: initialState(network, 2) });
      expect(fingerprints(state)).toEqual(fingerprints(source));
      expect(report).toMatchObject({ kept: [], unused: [] });
    });

  it("copies, so that two networks started from one source do not share their weights", () => {
    const source = initialState(cnn, 1);
    const { state } = transferState(source, { network: cnn, state: initialState(cnn, 2) });
    const copy = state.get("fc.2.weight")!;
    copy.data[0] = copy.dtype === "int64" ? 0n : 99;
    expect(source.get("fc.2.weight")?.data[0]).not.toBe(99);
  });

  it("brings double precision to single", () => {
    const single = initialState(cnn, 1);
    const source: StateDict = new Map(
      [...single].map(([name, tensor]): [string, Tensor] =>
        tensor.dtype === "float32"
          ? [name, { dtype: "float64", shape: tensor.shape, data: Float64Array.from(tensor.data) }]
          : [name, tensor],
      ),
    );
    const { state } = transferState(source, { network: cnn, state: initialState(cnn, 2) });
    expect(fingerprints(state)).toEqual(fingerprints(single));
  });

  it("takes counters of averaged weights, which have decimals, and counters that are arrays of one number", () => {
    const counter = "convolutions.1.num_batches_tracked";
    for (const shape of [[], [1]]) {
      const source: StateDict = new Map([
        ...initialState(cnn, 1),
        [counter, { dtype: "float32", shape, data: Float32Array.of(12.5) }],
      ]);
      const { state } = transferState(source, { network: cnn, state: initialState(cnn, 2) });
      expect(state.get(counter)).toEqual({ dtype: "int64", shape: [], data: BigInt64Array.of(12n) });
    }
  });

  it("refuses another architecture with all that differs and both shapes", () => {
    const smaller = build("Conv4_FC3", { outputSize: 3 });
    const attempt = () =>
      transferState(initialState(smaller, 1), { network: cnn, state: initialState(cnn, 2) });
    expect(attempt).toThrow(TransferError);
    expect(attempt).toThrow(/cnn of the transfer does not fit this cnn: 6 tensors differ/);
    expect(attempt).toThrow(/transfer: fc\.2\.weight \[50, 128\]; this network: fc\.2\.weight \[1300, 128\]/);
    expect(attempt).toThrow(/transfer: fc\.6\.bias \[3\]; this network: fc\.6\.bias \[2\]/);
  });

  it("refuses tensors that one side does not have", () => {
    const strided = build("Stride_Conv5_FC3");
    const attempt = () =>
      transferState(initialState(strided, 1), { network: autoencoder, state: initialState(autoencoder, 2) });
    expect(attempt).toThrow(/transfer: no convolutions\.5\.weight; this network: encoder\.5\.weight \[16\]/);
    expect(attempt).toThrow(
      /transfer: convolutions\.3\.weight \[16, 8, 3, 3, 3\]; this network: no encoder\.3\.weight/,
    );
  });

  it("refuses weights that are of neither family", () => {
    const foreign: Tensor = { dtype: "float32", shape: [2], data: new Float32Array(2) };
    const attempt = () =>
      transferState(new Map([["features.0.weight", foreign]]), { network: cnn, state: initialState(cnn, 0) });
    expect(attempt).toThrow(/no known network: they hold features\.0\.weight/);
  });
});

describe("frozenParameters", () => {
  const parameters = parameterSpecs(cnn)
    .filter(({ kind }) => kind === "parameter")
    .map(({ name }) => name);

  it("freezes nothing for 0", () => {
    expect(frozenParameters(cnn, 0)).toEqual(new Set());
  });

  it("leaves the last weights and biases free, one pair per layer", () => {
    const frozen = frozenParameters(cnn, 2);
    expect(parameters.filter((name) => !frozen.has(name))).toEqual([
      "fc.4.weight",
      "fc.4.bias",
      "fc.6.weight",
      "fc.6.bias",
    ]);
    expect(frozen.has("convolutions.1.running_mean")).toBe(false);
  });

  it("freezes nothing when there are no more layers than that", () => {
    expect(frozenParameters(cnn, parameters.length / 2)).toEqual(new Set());
    expect(frozenParameters(cnn, 1000)).toEqual(new Set());
  });
});
