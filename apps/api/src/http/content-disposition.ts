/**
 * `attachment` with a file name, as RFC 6266 wants it: an ASCII fallback for old clients, and the name itself in
 * UTF-8. Nothing in a name can end the header or name a folder.
 */
export function attachment(fileName: string): string {
  // eslint-disable-next-line no-control-regex
  const name = fileName.toWellFormed().replace(/[\u0000-\u001f\u007f/\\]+/gu, '_');
  const fallback = name.replace(/[^\u0020-\u007e]/gu, '_').replace(/["%]/gu, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encoded}`;
}
