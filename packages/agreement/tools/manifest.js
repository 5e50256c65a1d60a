/**
 * Inside the repository the package is consumed as TypeScript source; whoever installs it gets what was built.
 * npm packs the manifest that it finds, so `publish` points it at `dist` for the time of packing and `restore`
 * puts the old one back.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const manifest = new URL('../package.json', import.meta.url);
const kept = new URL('../.package.source.json', import.meta.url);
const [, , command] = process.argv;

if (command === 'publish') {
  if (existsSync(kept))
    throw new Error('.package.source.json is left over from a pack that failed: restore it first.');
  const source = readFileSync(manifest, 'utf8');
  const { scripts: _scripts, ...published } = JSON.parse(source);
  writeFileSync(kept, source);
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } };
  writeFileSync(manifest, `${JSON.stringify({ ...published, exports }, null, 2)}\n`);
} else if (command === 'restore') {
  if (existsSync(kept)) renameSync(kept, manifest);
} else {
  throw new Error('node tools/manifest.js publish | restore');
}
