/** A canvas is no longer or higher: beyond, browsers draw nothing. */
const LONGEST_SIDE = 16_384;

/** Draws an SVG file, which must name its width and height, to a PNG: smaller than `scale` asks where no canvas is so large. */
export async function rasterise(svg: string, scale: number): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    const { naturalWidth: width, naturalHeight: height } = image;
    const possible = Math.min(scale, LONGEST_SIDE / Math.max(width, height));
    canvas.width = width * possible;
    canvas.height = height * possible;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("No PNG was made.");
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}
