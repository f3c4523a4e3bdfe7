/**
 * What an adaptive average pooling does along one axis, as a matrix [out, in]: output i averages
 * floor(i * in / out) .. ceil((i + 1) * in / out), windows that cover the input and may overlap (torch.nn.AdaptiveAvgPool3d). A mean
 * over a box is the mean of means along its axes, so each axis has a matrix of its own.
 */
export function averagingMatrix(size: number, outputSize: number): number[][] {
  return Array.from({ length: outputSize }, (_, output) => {
    const start = Math.floor((output * size) / outputSize);
    const end = Math.ceil(((output + 1) * size) / outputSize);
    return Array.from({ length: size }, (_, input) =>
      input >= start && input < end ? 1 / (end - start) : 0,
    );
  });
}
