/// Copying a diagram: as a picture for documents, or as SVG for drawing programs.
import { t } from '../../i18n/translate.svelte.ts';
import { PictureError, png, type Scale } from './png.ts';

/** The picture is still being drawn when the clipboard is asked: browsers want the request within the click. */
export async function copyPicture(svg: string, scale: Scale): Promise<void> {
  if (typeof ClipboardItem === 'undefined') {
    throw new PictureError(t('canvas.no-copy'));
  }
  const picture = png(svg, scale);
  await written(() => navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]));
}

/** As SVG where the browser can, and always as its text. */
export async function copySvg(svg: string): Promise<void> {
  const asPicture = typeof ClipboardItem !== 'undefined' && ClipboardItem.supports(SVG);
  if (!asPicture) return written(() => navigator.clipboard.writeText(svg));
  const item = new ClipboardItem({
    [SVG]: new Blob([svg], { type: SVG }),
    'text/plain': new Blob([svg], { type: 'text/plain' }),
  });
  return written(() => navigator.clipboard.write([item]));
}

const SVG = 'image/svg+xml';

/** @throws {PictureError} when the browser refuses */
async function written(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new PictureError(t('canvas.copy-refused'));
  }
}
