// Reads an archive whose files are stored as they are, which is how Meshwright makes them.

/** Path to text. */
export function unzip(bytes) {
  const files = new Map();
  let at = 0;
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const method = bytes.readUInt16LE(at + 8);
    if (method !== 0) throw new Error(`compressed by method ${method}`);
    const size = bytes.readUInt32LE(at + 18);
    const name = bytes.readUInt16LE(at + 26);
    const start = at + 30 + name + bytes.readUInt16LE(at + 28);
    files.set(bytes.toString("utf8", at + 30, at + 30 + name), bytes.toString("utf8", start, start + size));
    at = start + size;
  }
  return files;
}
