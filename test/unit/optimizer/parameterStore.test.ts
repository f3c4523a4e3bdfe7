import { describe, expect, it } from "vitest";
import { EngineError } from "../../../src/engine/engine";
import { createParameterStore, planLayout } from "../../../src/engine/optimizer/parameterStore";

describe("createParameterStore", () => {
  const specs = [
    { name: "odd", shape: [5] },
    { name: "scalar", shape: [] },
    { name: "frozen", shape: [2, 3], frozen: true },
    { name: "matrix", shape: [3, 7] },
  ];
  const store = createParameterStore(specs, 2);

  it("gives views of the shape's length, zero at first, on 16-byte boundaries of one memory", () => {
    for (const [name, length] of Object.entries({ odd: 5, scalar: 1, frozen: 6, matrix: 21 })) {
      const view = store.view(name);
      expect(view).toEqual(new Float32Array(length));
      expect(view.buffer).toBe(store.memory.buffer);
      expect(view.byteOffset % 16).toBe(0);
    }
  });

  it("keeps parameters, moments and scratch apart", () => {
    const trained = ["odd", "scalar", "matrix"];
    const arrays = [
      ...specs.map(({ name }) => store.view(name)),
      ...trained.flatMap((name) => [store.moment(name, 0), store.moment(name, 1)]),
      store.scratch.subarray(0, 100),
    ];
    arrays.forEach((array, i) => {
      array.fill(i);
    });
    arrays.forEach((array, i) => {
      expect(new Set(array)).toEqual(new Set([i]));
    });
  });

  it("gives the same view for life", () => {
    expect(store.view("matrix")).toBe(store.view("matrix"));
  });

  it("has no moments for a frozen parameter, none beyond its slots, and no unknown parameter", () => {
    expect(() => store.moment("frozen", 0)).toThrow("frozen");
    expect(() => store.moment("matrix", 2)).toThrow("no moment 2");
    expect(() => store.view("other")).toThrow("no parameter other");
    expect(() => planLayout([specs[0]!, specs[0]!], 0)).toThrow("two parameters are named odd");
  });
});

describe("planLayout", () => {
  it("reserves the parameters of the largest network of the zoo and its moments once", () => {
    const { pages } = planLayout([{ name: "fc", shape: [1300, 32256] }], 2);
    expect(pages * 65_536).toBeLessThan(3 * 4 * 1300 * 32256 + 70e6);
  });

  it("leaves out the moments of frozen parameters", () => {
    const shape = [1024, 32256];
    const trained = planLayout([{ name: "fc", shape }], 2);
    const frozen = planLayout([{ name: "fc", shape, frozen: true }], 2);
    expect((trained.pages - frozen.pages) * 65_536).toBe(2 * 4 * 1024 * 32256);
  });

  it("makes the scratch large enough for four rows of the widest matrix", () => {
    const { scratchLength } = planLayout([{ name: "fc", shape: [2, 20_000_000] }], 2);
    expect(scratchLength).toBe(2 * 4 * 20_000_000);
  });

  it("refuses what exceeds 4 GB, and names the largest parameter and remedies", () => {
    const specs = [
      { name: "conv.weight", shape: [8, 1, 3, 3, 3] },
      { name: "fc.weight", shape: [20_000, 20_000] },
    ];
    expect(() => planLayout(specs, 2)).toThrow(EngineError);
    expect(() => planLayout(specs, 2)).toThrow(
      /4\.9 GB; the limit is 4\.3 GB.*fc\.weight \(20000 x 20000\).*smaller/,
    );
    expect(() => planLayout(specs, 1)).not.toThrow();
  });
});
