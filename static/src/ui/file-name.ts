/// Names for files that every system takes.

const MOST_CHARACTERS = 100;
/** Systems take 255; the rest is for a number and the extension. */
const MOST_BYTES = 240;
/** Devices of Windows, whatever extension they have. */
const DEVICE = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i;

/** The title as the name of a file, before its extension; `otherwise` when nothing is left of it. */
export function fileNameOf(title: string, otherwise: string): string {
  const plain = trimmed(title.replace(/[\s\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, ' '));
  const name = trimmed(short(plain)) || otherwise;
  return DEVICE.test(name) ? `_${name}` : name;
}

/** No system likes spaces and dots at the ends. */
function trimmed(name: string): string {
  return name.replace(/^[ .]+|[ .]+$/g, '');
}

function short(name: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  const fits = (character: string) => (bytes += encoder.encode(character).length) <= MOST_BYTES;
  const characters = [...name].slice(0, MOST_CHARACTERS);
  const end = characters.findIndex((character) => !fits(character));
  return (end < 0 ? characters : characters.slice(0, end)).join('');
}
