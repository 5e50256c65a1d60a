import { SourceFault } from './fault.ts';
import { LineSplitter } from './lines.ts';

/**
 * The whole text of a stream, line ends kept, for formats that can't be read line by line.
 *
 * @throws SourceFault where it is longer than `maxBytes` or no UTF-8.
 */
export async function wholeText(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const splitter = new LineSplitter(maxBytes);
  const parts: string[] = [];
  let bytes = 0;
  const keep = (lines: ReturnType<LineSplitter['push']>): void => {
    for (const line of lines) {
      if (line.kind === 'broken')
        throw new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
      parts.push(line.text, line.ending);
    }
  };
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new SourceFault(
        { line: 1, column: 1 },
        `the file is longer than ${maxBytes} bytes`,
        'a smaller file',
      );
    keep(splitter.push(chunk));
  }
  keep(splitter.end());
  return parts.join('');
}
