/// Giving the person a file without asking where: the browser downloads it.

/** The browser takes the content after this task; by then it surely has, and the memory may go. In milliseconds. */
const TAKEN_AFTER = 60_000;

export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), TAKEN_AFTER);
}
