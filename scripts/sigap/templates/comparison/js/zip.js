// A zip archive of a few texts, as Word wants its documents: deflated where the browser can, stored where it cannot.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit += 1) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});

/** @param {Uint8Array} data */
const crc = (data) => (data.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** The data as it lies in the archive, and how: 8 deflated, 0 stored. @param {Uint8Array<ArrayBuffer>} data @returns {Promise<[Uint8Array<ArrayBuffer>, number]>} */
async function packed(data) {
  if (!("CompressionStream" in globalThis)) return [data, 0];
  const stream = new Blob([data]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return [new Uint8Array(await new Response(stream).arrayBuffer()), 8];
}

/** Numbers in the order of an archive's records, each with its bytes. @param {[number, 2 | 4][]} fields */
function record(fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return view.buffer;
}

/**
 * @param {[string, string][]} files names and texts; always of one date, so that the same texts are the same bytes
 * @param {string} type
 * @returns {Promise<Blob>}
 */
export async function zip(files, type) {
  /** @type {BlobPart[]} */
  const body = [];
  /** @type {BlobPart[]} */
  const directory = [];
  let at = 0;
  let listed = 0;
  for (const [path, text] of files) {
    const [name, data] = [path, text].map((one) => new TextEncoder().encode(one));
    const [stored, method] = await packed(data);
    /** @type {[number, 2 | 4][]} */
    const facts = [[20, 2], [0x800, 2], [method, 2], [0, 2], [0x21, 2], [crc(data), 4], [stored.length, 4], [data.length, 4], [name.length, 2], [0, 2]];
    body.push(record([[0x04034b50, 4], ...facts]), name, stored);
    directory.push(record([[0x02014b50, 4], [20, 2], ...facts, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), name);
    at += 30 + name.length + stored.length;
    listed += 46 + name.length;
  }
  const end = record([[0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [listed, 4], [at, 4], [0, 2]]);
  return new Blob([...body, ...directory, end], { type });
}
