/// A diagram as a PNG: the SVG drawn on a canvas, one to four times as large.
import { t } from '../../i18n/translate.svelte.ts';

export type Scale = 1 | 2 | 3 | 4;

/** What browsers surely draw: no side longer, and no more points in all. */
const LONGEST_SIDE = 16384;
const MOST_POINTS = 120_000_000;

/** Why a picture was not made, and what to do. */
export class PictureError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PictureError';
  }
}

/** @throws {PictureError} when the picture would be too large, or the browser does not draw it */
export async function png(svg: string, scale: Scale): Promise<Blob> {
  const image = await imageOf(svg);
  const width = Math.ceil(image.width * scale);
  const height = Math.ceil(image.height * scale);
  checkSize(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw notDrawn();
  context.drawImage(image, 0, 0, width, height);
  return blobOf(canvas);
}

function notDrawn(): PictureError {
  return new PictureError(t('canvas.not-drawn'));
}

/** @throws {PictureError} */
export function checkSize(width: number, height: number): void {
  if (Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_POINTS) return;
  throw new PictureError(t('canvas.too-large', { width, height }));
}

/** The page may show pictures from `data:` addresses, and none from `blob:` ones. */
async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    throw notDrawn();
  }
  return image;
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(notDrawn());
      else resolve(blob);
    }, 'image/png');
  });
}
