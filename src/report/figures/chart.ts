/** A chart as plain data, and as an SVG of its own: no script, no font and no colour from outside, and lines told apart by their dashes too. */

export interface ChartLine {
  readonly label: string;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

export interface ChartPoints {
  readonly label: string;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  readonly lines: readonly ChartLine[];
  readonly points: readonly ChartPoints[];
  /** A thin line from corner to corner: chance, or perfection. */
  readonly diagonal: boolean;
}

const WIDTH = 420;
const HEIGHT = 320;
const EDGE = { left: 52, right: 12, top: 12, bottom: 44 };
/** Okabe and Ito's colours, which most colour-blind people tell apart. */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "12 4", "1 2"];
const TICKS = 5;

/** The range of all values, a little wider than they are; 0 to 1 where there is none. */
export function rangeOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of finite) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const margin = (high - low || Math.abs(high) || 1) * 0.05;
  return [low - margin, high + margin];
}

export function chartSvg(chart: Chart): string {
  const { x, y, lines, points } = chart;
  const across = (value: number) =>
    EDGE.left + ((value - x[0]) / (x[1] - x[0])) * (WIDTH - EDGE.left - EDGE.right);
  const down = (value: number) =>
    HEIGHT - EDGE.bottom - ((value - y[0]) / (y[1] - y[0])) * (HEIGHT - EDGE.top - EDGE.bottom);
  const at = (xs: readonly number[], ys: readonly number[]) =>
    xs.flatMap((value, i) =>
      Number.isFinite(value) && Number.isFinite(ys[i]) ? [[across(value), down(ys[i]!)] as const] : [],
    );
  const [left, bottom] = [EDGE.left, HEIGHT - EDGE.bottom];
  const paths = lines.map(({ xs, ys }, i) => {
    const route = at(xs, ys).map(([px, py], step) => `${step === 0 ? "M" : "L"}${short(px)} ${short(py)}`);
    return `<path d="${route.join("")}" fill="none" stroke="${colorOf(i)}" stroke-width="1.8" stroke-dasharray="${dashOf(i)}"/>`;
  });
  const dots = points.flatMap(({ xs, ys }, i) =>
    at(xs, ys).map(
      ([px, py]) =>
        `<circle cx="${short(px)}" cy="${short(py)}" r="3" fill="none" stroke="${colorOf(lines.length + i)}" stroke-width="1.4"/>`,
    ),
  );
  const diagonal = chart.diagonal
    ? [
        `<path d="M${left} ${bottom}L${WIDTH - EDGE.right} ${EDGE.top}" fill="none" stroke="#777" stroke-dasharray="2 4"/>`,
      ]
    : [];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT + 18 * named(chart).length}" role="img" aria-label="${escaped(chart.title)}" font-family="sans-serif" font-size="11">`,
    `<rect x="${left}" y="${EDGE.top}" width="${WIDTH - EDGE.left - EDGE.right}" height="${bottom - EDGE.top}" fill="#fff" stroke="#444"/>`,
    ...ticks(x).map((value) => tickText(across(value), bottom + 14, "middle", value)),
    ...ticks(y).map((value) => tickText(left - 5, down(value) + 4, "end", value)),
    `<text x="${(left + WIDTH - EDGE.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(chart.xLabel)}</text>`,
    `<text transform="translate(14 ${(EDGE.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(chart.yLabel)}</text>`,
    ...diagonal,
    ...paths,
    ...dots,
    ...named(chart).map(legend),
    "</svg>",
  ].join("");
}

const named = ({ lines, points }: Chart) => [
  ...lines.map(({ label }) => ({ label, line: true })),
  ...points.map(({ label }) => ({ label, line: false })),
];

function legend({ label, line }: { readonly label: string; readonly line: boolean }, i: number): string {
  const middle = HEIGHT + 18 * i + 4;
  const sign = line
    ? `<path d="M${EDGE.left} ${middle}h26" stroke="${colorOf(i)}" stroke-width="1.8" stroke-dasharray="${dashOf(i)}"/>`
    : `<circle cx="${EDGE.left + 13}" cy="${middle}" r="3" fill="none" stroke="${colorOf(i)}" stroke-width="1.4"/>`;
  return `${sign}<text x="${EDGE.left + 34}" y="${middle + 4}">${escaped(label)}</text>`;
}

const colorOf = (i: number) => COLORS[i % COLORS.length]!;
const dashOf = (i: number) => DASHES[i % DASHES.length]!;
const short = (value: number) => Number(value.toFixed(1));

/** Round numbers within a range, 1, 2 or 5 times a power of ten apart: about `TICKS` of them. */
function ticks([from, to]: readonly [number, number]): readonly number[] {
  const rough = (to - from) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

const tickText = (px: number, py: number, anchor: string, value: number) =>
  `<text x="${short(px)}" y="${short(py)}" text-anchor="${anchor}">${Number(value.toPrecision(3))}</text>`;

/** As text of XML, in an attribute too. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
