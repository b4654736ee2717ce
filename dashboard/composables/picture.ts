/** Pixels of the picture for each pixel of the drawing: sharp in a document, too. */
const RATIO = 2;

/** An SVG document as a picture; undefined where the browser makes none of it. */
export async function pictureOf(svg: string): Promise<Blob | undefined> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const drawing = new Image();
    drawing.src = address;
    await drawing.decode();
    const canvas = document.createElement('canvas');
    canvas.width = drawing.naturalWidth * RATIO;
    canvas.height = drawing.naturalHeight * RATIO;
    canvas.getContext('2d')?.drawImage(drawing, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) =>
      canvas.toBlob((picture) => resolve(picture ?? undefined), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
