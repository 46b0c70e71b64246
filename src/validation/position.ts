/** `line 3, column 14` of an offset in a text; both count from 1, columns in characters (not in UTF-16 units). */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const last = before[before.length - 1] ?? '';
  return `line ${before.length}, column ${[...last].length + 1}`;
}
