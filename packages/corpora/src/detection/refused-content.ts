const SIGNATURES: readonly { bytes: readonly number[]; name: string }[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], name: 'a JPEG image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], name: 'a GIF image' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'a ZIP archive or an office document' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], name: 'an empty ZIP archive' },
  { bytes: [0x1f, 0x8b], name: 'a gzip archive' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'a zstd archive' },
  { bytes: [0x42, 0x5a, 0x68], name: 'a bzip2 archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old office document' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], name: 'a program' },
  { bytes: [0xff, 0xfe], name: 'UTF-16 text; save it as UTF-8' },
  { bytes: [0xfe, 0xff], name: 'UTF-16 text; save it as UTF-8' },
];

const PAGE = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|svg)\b/iu;

/** Why a file's first bytes rule it out, whatever its name; null where they don't. */
export function refusedContent(head: Uint8Array): string | null {
  for (const { bytes, name } of SIGNATURES) {
    if (bytes.every((byte, index) => head[index] === byte)) return `the file is ${name}`;
  }
  if (head.includes(0)) return 'the file holds NUL bytes: it is no text in UTF-8';
  if (PAGE.test(new TextDecoder('utf-8').decode(head.subarray(0, 2048)))) return 'the file is a web page';
  return null;
}
