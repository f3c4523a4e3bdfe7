import { type DrawnRange, uniform } from "../drawing";
import type { AugmentationKind } from "../kind";

export interface BiasFieldSettings {
  readonly coefficients: DrawnRange;
  readonly order: number;
}

export interface DrawnBiasField {
  readonly kind: "bias_field";
  readonly order: number;
  /** Of u^i v^j w^k with i + j + k up to the order, k running fastest. */
  readonly coefficients: readonly number[];
}

/**
 * Multiplies by exp of a polynomial in coordinates u, v, w that run from -1 to 1 over the grid (Van Leemput et al., 1999), as
 * torchio's RandomBiasField.
 */
export const biasField: AugmentationKind<BiasFieldSettings, DrawnBiasField> = {
  draw: ({ coefficients: [low, high], order }, _, random) => ({
    kind: "bias_field",
    order,
    coefficients: powersUpTo(order).map(() => uniform(random, low, high)),
  }),

  apply(values, grid, { order, coefficients }) {
    const terms = powersUpTo(order).map((powers, at) => ({ ...powers, coefficient: coefficients[at]! }));
    const [nx, ny, nz] = grid.size;
    const voxels = nx * ny * nz;
    let voxel = 0;
    for (let x = 0; x < nx; x++) {
      for (let y = 0; y < ny; y++) {
        const [u, v] = [coordinate(x, nx), coordinate(y, ny)];
        // Along z what is left is a polynomial of one variable.
        const row = new Array<number>(order + 1).fill(0);
        for (const { i, j, k, coefficient } of terms) row[k]! += coefficient * u ** i * v ** j;
        for (let z = 0; z < nz; z++, voxel++) {
          const gain = Math.exp(polynomial(row, coordinate(z, nz)));
          for (let at = voxel; at < values.length; at += voxels) values[at]! *= gain;
        }
      }
    }
  },
};

interface Powers {
  readonly i: number;
  readonly j: number;
  readonly k: number;
}

export function powersUpTo(order: number): readonly Powers[] {
  const powers = Array.from({ length: order + 1 }, (_, power) => power);
  return powers.flatMap((i) =>
    powers.flatMap((j) => powers.filter((k) => i + j + k <= order).map((k) => ({ i, j, k }))),
  );
}

/** Horner's scheme; row[k] belongs to w^k. */
function polynomial(row: readonly number[], w: number): number {
  let sum = 0;
  for (let k = row.length - 1; k >= 0; k--) sum = sum * w + row[k]!;
  return sum;
}

const coordinate = (at: number, length: number) => (length === 1 ? 0 : (2 * at) / (length - 1) - 1);
