import { describe, expect, it } from "vitest";
import { cardMeant, cardsIn } from "../../../../../src/engine/webgpu/device/cards";

const card = (name: string, software = false) => ({ name, software });
const LAPTOP = [card("NVIDIA GeForce RTX 3060 Laptop GPU"), card("Intel(R) Iris(R) Xe Graphics")];
const SOFTWARE = card("llvmpipe (LLVM 19.1.7, 256 bits)", true);

describe("cardsIn", () => {
  it("reads the cards that Dawn lists, and knows those that a processor plays", () => {
    const answer = [
      "no suitable backends found",
      "Available adapters:",
      " * backend: 'vulkan', name: 'NVIDIA GeForce RTX 3060 Laptop GPU'",
      " * backend: 'vulkan', name: 'Intel(R) Iris(R) Xe Graphics'",
      " * backend: 'opengl', name: 'NVIDIA GeForce RTX 3060 Laptop GPU'",
      " * backend: 'vulkan', name: 'llvmpipe (LLVM 19.1.7, 256 bits)'",
    ].join("\n");
    expect(cardsIn(answer, "linux")).toEqual([...LAPTOP, SOFTWARE]);
  });

  it("takes on each system its own way to the card", () => {
    const answer = [
      " * backend: 'd3d12', name: 'A'",
      " * backend: 'd3d11', name: 'A'",
      " * backend: 'metal', name: 'M'",
    ];
    expect(cardsIn(answer.join("\r\n"), "win32")).toEqual([card("A")]);
    expect(cardsIn(answer.join("\n"), "darwin")).toEqual([card("M")]);
  });

  it.each([
    "llvmpipe (LLVM 15.0.6, 256 bits)",
    "SwiftShader Device (Subzero)",
    "Microsoft Basic Render Driver",
    "Microsoft Direct3D12 (WARP)",
  ])("counts %s among the programs on the processor", (name) => {
    expect(cardsIn(` * backend: 'vulkan', name: '${name}'`, "linux")).toEqual([card(name, true)]);
  });

  it("finds none in another message", () => {
    expect(cardsIn("Couldn't load Vulkan", "linux")).toEqual([]);
  });
});

describe("cardMeant", () => {
  it("takes the first without a wish", () => {
    expect(cardMeant(LAPTOP, {})).toBe(LAPTOP[0]);
    expect(cardMeant([SOFTWARE, LAPTOP[1]!], {})).toBe(LAPTOP[1]);
  });

  it.each([
    ["1", 1],
    ["iris", 1],
    ["RTX 3060", 0],
    ["3060", 0],
    [" 0 ", 0],
  ])('understands "%s"', (wanted, place) => {
    expect(cardMeant(LAPTOP, { wanted })).toBe(LAPTOP[place]);
  });

  it.each(["2", "Radeon"])('lists the cards where none is called "%s"', (wanted) => {
    expect(() => cardMeant(LAPTOP, { wanted })).toThrow(
      `No graphics card here is called "${wanted}" (device). There is: 0: ${LAPTOP[0]!.name}, 1: ${LAPTOP[1]!.name}. Write part of a name, or a number.`,
    );
  });

  it("never takes a program on the processor, unless a test asks for it", () => {
    expect(() => cardMeant([SOFTWARE], {})).toThrow(/llvmpipe.* is a program on the processor/);
    expect(() => cardMeant([SOFTWARE, LAPTOP[0]!], { wanted: "llvmpipe" })).toThrow(/There is: 0: NVIDIA/);
    expect(cardMeant([SOFTWARE], { allowSoftware: true })).toBe(SOFTWARE);
  });

  it("says where no card is", () => {
    expect(() => cardMeant([], {})).toThrow("No graphics card answers here.");
  });

  it("refuses the second of two cards with one name: Dawn would open the first", () => {
    const twins = [card("NVIDIA A40"), card("NVIDIA A40")];
    expect(cardMeant(twins, { wanted: "0" })).toBe(twins[0]);
    expect(() => cardMeant(twins, { wanted: "1" })).toThrow(/"NVIDIA A40" cannot be opened/);
    const longer = [card("NVIDIA GeForce RTX 4090 D"), card("NVIDIA GeForce RTX 4090")];
    expect(() => cardMeant(longer, { wanted: "1" })).toThrow(/cannot be opened/);
  });
});
