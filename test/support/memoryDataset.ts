import type { Dataset, Sample } from "../../src/data/batches/dataset";

/** One voxel a sample: `values[i]`, class `i % 2`, participant `sub-<i>`. */
export function memoryDataset(values: readonly number[]): Dataset {
  const samples = values.map(
    (_, i): Sample => ({
      participantId: `sub-${i}`,
      sessionId: "ses-M000",
      cohort: "single",
      part: 0,
      label: i % 2 === 0 ? "AD" : "CN",
      target: i % 2,
    }),
  );
  return {
    inputSize: [1, 1, 1, 1],
    samples,
    partsPerImage: 1,
    read: async (indices) => Float32Array.from(indices, (index) => values[index]!),
    close: async () => {},
  };
}
