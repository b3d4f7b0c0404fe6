/// Saving what the browser makes as a file of this computer.
import type { DiagramView } from '../../model/views.ts';

/** A file name of the diagram's title that every system takes. */
export function fileName(diagram: DiagramView, extension: 'svg' | 'png'): string {
  const plain = diagram.title
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '');
  const short = Array.from(plain).slice(0, 80).join('').trim();
  return `${short || 'diagram'}.${extension}`;
}

export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser takes the file after this task; then the memory may go.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
