/** What a file really is, whatever its name says. */
export interface FileType {
  readonly mimeType: string;
  /** In pixels; `null` for what is not a picture. */
  readonly width: number | null;
  readonly height: number | null;
}

/** First bytes by which a type is known, and where they stand. */
const SIGNATURES: readonly {mimeType: string; offset: number; bytes: string}[] = [
  {mimeType: 'application/pdf', offset: 0, bytes: '%PDF-'},
  {mimeType: 'application/zip', offset: 0, bytes: 'PK\x03\x04'},
  {mimeType: 'video/mp4', offset: 4, bytes: 'ftyp'},
  {mimeType: 'video/webm', offset: 0, bytes: '\x1a\x45\xdf\xa3'},
  {mimeType: 'audio/mpeg', offset: 0, bytes: 'ID3'},
  {mimeType: 'audio/ogg', offset: 0, bytes: 'OggS'},
];

const TEXT_NAME = /\.(?:txt|md|csv|log|json)$/i;
const INLINE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Whether a browser may show it in place. Everything else is only ever saved. */
export function isShownInline(mimeType: string): boolean {
  return INLINE.has(mimeType);
}

/** Tells the type by the first bytes; `undefined` for what is not allowed. Plain text has none, so it also takes a name that says so. */
export function identifyFile(content: Uint8Array, name: string): FileType | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const picture = readPng(view) ?? readGif(view) ?? readJpeg(view) ?? readWebp(view);
  if (picture) return picture;
  const known = SIGNATURES.find(({offset, bytes}) => ascii(view, offset, bytes.length) === bytes);
  if (known) return {mimeType: known.mimeType, width: null, height: null};
  return TEXT_NAME.test(name) && isText(content) ? {mimeType: 'text/plain; charset=utf-8', width: null, height: null} : undefined;
}

function readPng(view: DataView): FileType | undefined {
  if (ascii(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || ascii(view, 12, 4) !== 'IHDR' || view.byteLength < 24) return undefined;
  return {mimeType: 'image/png', width: view.getUint32(16), height: view.getUint32(20)};
}

function readGif(view: DataView): FileType | undefined {
  if (!/^GIF8[79]a$/.test(ascii(view, 0, 6)) || view.byteLength < 10) return undefined;
  return {mimeType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true)};
}

/** Walks the segments up to the frame header, which holds the size. */
function readJpeg(view: DataView): FileType | undefined {
  if (ascii(view, 0, 3) !== '\xff\xd8\xff') return undefined;
  let offset = 2;
  while (offset + 9 <= view.byteLength && view.getUint8(offset) === 0xff) {
    const marker = view.getUint8(offset + 1);
    // C0 to CF are frame headers, but for C4, C8 and CC, which hold tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return {mimeType: 'image/jpeg', width: view.getUint16(offset + 7), height: view.getUint16(offset + 5)};
    }
    offset += 2 + view.getUint16(offset + 2);
  }
  return {mimeType: 'image/jpeg', width: null, height: null};
}

/** The three forms of WebP keep their size in three places. https://developers.google.com/speed/webp/docs/riff_container */
function readWebp(view: DataView): FileType | undefined {
  if (ascii(view, 0, 4) !== 'RIFF' || ascii(view, 8, 4) !== 'WEBP' || view.byteLength < 30) return undefined;
  const mimeType = 'image/webp';
  switch (ascii(view, 12, 4)) {
    case 'VP8 ':
      return {mimeType, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff};
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return {mimeType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1};
    }
    case 'VP8X':
      return {mimeType, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1};
    default:
      return {mimeType, width: null, height: null};
  }
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}

function ascii(view: DataView, offset: number, length: number): string {
  if (offset + length > view.byteLength) return '';
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, length));
}

function isText(content: Uint8Array): boolean {
  if (content.includes(0)) return false;
  try {
    new TextDecoder('utf-8', {fatal: true}).decode(content);
    return true;
  } catch {
    return false;
  }
}
