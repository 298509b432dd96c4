import { t } from "../locale";

// Makes a photo small enough to send from a phone: the encoder sees far fewer pixels anyway.

const EDGE_MAX = 896;

export class NotAPhotoError extends Error {}

export function fitWithin(width: number, height: number, edge: number): { width: number; height: number } {
  const scale = Math.min(1, edge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export async function smallPhoto(file: Blob): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new NotAPhotoError(t.search.notAPhoto);
  }
  const size = fitWithin(bitmap.width, bitmap.height, EDGE_MAX);
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  const paper = canvas.getContext("2d")!;
  paper.fillStyle = "#fff"; // where the photo is transparent
  paper.fillRect(0, 0, size.width, size.height);
  paper.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new NotAPhotoError(t.search.notShrunk))),
      "image/jpeg",
      0.9,
    );
  });
}
