/** The range that several lines of one kind take up about their mean. */
export interface Band {
  /** One value for each x of the series; NaN where there is none. */
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly lowLabel: string;
  readonly highLabel: string;
}

interface Banded {
  readonly id: string;
  readonly label: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly band?: Band;
  readonly measured?: ArrayLike<number>;
  readonly canBeUndefined?: boolean;
}

/** The ends of the band as lines of their own: for the table and the file, which have no areas. */
export function bandEnds<Line extends Banded>(series: Line): readonly Omit<Line, "band" | "measured">[] {
  const { band } = series;
  if (band === undefined) return [];
  const { band: _, measured: __, ...line } = series;
  // A mean that is no number has been told; its ends are none either.
  return (
    [
      ["low", band.low, band.lowLabel],
      ["high", band.high, band.highLabel],
    ] as const
  ).map(([id, ys, label]) => ({ ...line, id: `${series.id}:${id}`, ys, label, canBeUndefined: true }));
}

/** Outlines of the band: there along its upper end, back along the lower one; a new one after each gap. */
export function bandOutlines(
  { xs, band }: Pick<Banded, "xs" | "band">,
  logScale: boolean,
): (readonly [number, number])[][] {
  if (band === undefined) return [];
  const outlines: (readonly [number, number])[][] = [];
  let [upper, lower]: (readonly [number, number])[][] = [[], []];
  const close = () => {
    if (upper!.length > 1) outlines.push([...upper!, ...lower!.toReversed()]);
    [upper, lower] = [[], []];
  };
  for (let i = 0; i < xs.length; i++) {
    const [low, high] = [band.low[i]!, band.high[i]!];
    if (!Number.isFinite(low) || !Number.isFinite(high) || (logScale && low <= 0)) close();
    else {
      upper!.push([xs[i]!, high]);
      lower!.push([xs[i]!, low]);
    }
  }
  close();
  return outlines;
}

/** How dense its colour is. */
export const BAND_OPACITY = 0.22;
