import type { Shape } from "./figure";

/** SVG path data of a marker of radius `r` around (x, y); the canvas takes the same text through Path2D. */
export function shapePath(shape: Shape, x: number, y: number, r: number): string {
  const polygon = (points: readonly (readonly [number, number])[]) =>
    `M${points.map(([dx, dy]) => `${round(x + dx * r)} ${round(y + dy * r)}`).join("L")}Z`;
  switch (shape) {
    case "circle":
      return `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case "square":
      return polygon([
        [-0.9, -0.9],
        [0.9, -0.9],
        [0.9, 0.9],
        [-0.9, 0.9],
      ]);
    case "triangle":
      return polygon([
        [0, -1.15],
        [1.05, 0.8],
        [-1.05, 0.8],
      ]);
    case "diamond":
      return polygon([
        [0, -1.25],
        [1.25, 0],
        [0, 1.25],
        [-1.25, 0],
      ]);
    case "cross":
      return polygon(CROSS);
    case "star":
      return polygon(STAR);
  }
}

const CROSS = [
  [0, -0.4],
  [0.7, -1.1],
  [1.1, -0.7],
  [0.4, 0],
  [1.1, 0.7],
  [0.7, 1.1],
  [0, 0.4],
  [-0.7, 1.1],
  [-1.1, 0.7],
  [-0.4, 0],
  [-1.1, -0.7],
  [-0.7, -1.1],
] as const;

const STAR = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 === 0 ? 1.45 : 0.6;
  const angle = -Math.PI / 2 + (i * Math.PI) / 5;
  return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
});

const round = (value: number) => Math.round(value * 100) / 100;
