import { describe, expect, it } from "vitest";
import {
  allottedCard,
  allottedIdentifiers,
  nvidiaCardsIn,
} from "../../../../../src/engine/webgpu/device/allottedCard";
import { sentenceText } from "../../../../../src/network/sentence";

const card = (name: string, software = false) => ({ name, software });
const [A40, A100, INTEL] = ["NVIDIA A40", "NVIDIA A100-PCIE-40GB", "Intel(R) UHD Graphics 770"].map((name) =>
  card(name),
) as [ReturnType<typeof card>, ReturnType<typeof card>, ReturnType<typeof card>];
const SOFTWARE = card("llvmpipe", true);
const known = (...names: readonly string[]) =>
  nvidiaCardsIn(names.map((name, index) => `${index}, GPU-${index}${index}aa-bb, ${name}`).join("\n"));

describe("allottedIdentifiers", () => {
  it.each([
    [{}, null],
    [{ CUDA_VISIBLE_DEVICES: "2,3" }, ["2", "3"]],
    [{ CUDA_VISIBLE_DEVICES: "" }, []],
    [{ CUDA_VISIBLE_DEVICES: "-1" }, []],
    [{ CUDA_VISIBLE_DEVICES: "NoDevFiles" }, []],
    [{ CUDA_VISIBLE_DEVICES: "1,-1,0" }, ["1"]],
    [{ CUDA_VISIBLE_DEVICES: "GPU-5f3c2a11" }, ["GPU-5f3c2a11"]],
    [{ SLURM_JOB_GPUS: "3" }, ["3"]],
    [{ CUDA_VISIBLE_DEVICES: "0", SLURM_JOB_GPUS: "3" }, ["0"]],
  ])("of %o are %o", (environment, identifiers) => {
    expect(allottedIdentifiers(environment)).toEqual(identifiers);
  });
});

describe("nvidiaCardsIn", () => {
  it("reads the table of nvidia-smi, and nothing out of anything else", () => {
    expect(nvidiaCardsIn("0, GPU-aa, NVIDIA A40\n1, GPU-bb, NVIDIA A100\n")).toEqual([
      { index: "0", uuid: "GPU-aa", name: "NVIDIA A40" },
      { index: "1", uuid: "GPU-bb", name: "NVIDIA A100" },
    ]);
    expect(nvidiaCardsIn("NVIDIA-SMI has failed")).toEqual([]);
  });
});

describe("allottedCard", () => {
  const allotted = (
    environment: NodeJS.ProcessEnv,
    cards: readonly (typeof A40)[],
    names: readonly string[] = [],
  ) => allottedCard(environment, cards, known(...names));
  const problemOf = (answer: ReturnType<typeof allottedCard>) =>
    answer !== null && "problem" in answer ? sentenceText(answer.problem) : null;

  it("is nothing without a scheduler, and without a card of NVIDIA", () => {
    expect(allotted({}, [A40])).toBeNull();
    expect(allotted({ CUDA_VISIBLE_DEVICES: "0" }, [INTEL, SOFTWARE])).toBeNull();
  });

  it("is the only one where the others are hidden from the job, whatever its number on the node", () => {
    expect(allotted({ SLURM_JOB_GPUS: "3" }, [INTEL, A40], ["NVIDIA A40"])).toEqual({ card: 1 });
    expect(allotted({ CUDA_VISIBLE_DEVICES: "0" }, [A40])).toEqual({ card: 0 });
  });

  it("is found by name where all are seen: Vulkan may list them in another order", () => {
    const names = [A100.name, A40.name];
    expect(allotted({ CUDA_VISIBLE_DEVICES: "0" }, [A40, A100], names)).toEqual({ card: 1 });
    expect(allotted({ CUDA_VISIBLE_DEVICES: "GPU-11aa" }, [SOFTWARE, INTEL, A40, A100], names)).toEqual({
      card: 1,
    });
  });

  it("counts cards of one name in the order of the bus", () => {
    const [first, second] = [card("NVIDIA A40"), card("NVIDIA A40")];
    const names = [A40.name, A40.name];
    expect(allotted({ CUDA_VISIBLE_DEVICES: "1" }, [first, second], names)).toEqual({ card: 1 });
  });

  it("goes by number where nvidia-smi does not answer", () => {
    expect(allotted({ CUDA_VISIBLE_DEVICES: "1" }, [INTEL, A40, A100])).toEqual({ card: 2 });
    expect(problemOf(allotted({ CUDA_VISIBLE_DEVICES: "GPU-ff" }, [A40, A100]))).toMatch(
      /the card GPU-ff, which is none of 2/,
    );
  });

  it.each([
    ["", /allots this job no graphics card.*--gres=gpu:1/],
    ["MIG-aa/1/0", /a part of a card \(MIG-aa\/1\/0\)/],
    ["7", /the card 7, which is none of 2: NVIDIA A40, NVIDIA A100/],
  ])('says what is wrong with "%s"', (list, said) => {
    expect(problemOf(allotted({ CUDA_VISIBLE_DEVICES: list }, [A40, A100]))).toMatch(said);
  });
});
