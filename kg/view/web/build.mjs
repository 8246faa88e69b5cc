// Bundles the page's scripts and style into ../assets, and gathers the licences of all that went in.
//   npm ci && npm run build
import { build } from 'esbuild';
import { readFileSync, writeFileSync, existsSync } from 'node:fs';

const out = process.argv[2] ?? '../assets';
const common = {
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2021',
  format: 'iife',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};
const used = new Set();
for (const name of ['app', 'vis', 'sigma']) {
  const result = await build({ ...common, entryPoints: [`src/${name}.js`], outfile: `${out}/${name}.js` });
  for (const input of Object.keys(result.metafile.inputs)) {
    const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
    if (found) used.add(found[1]);
  }
}
await build({ ...common, entryPoints: ['src/page.css'], outfile: `${out}/page.css` });

const parts = [...used].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENSE-MIT', 'license'].find((each) =>
    existsSync(`${folder}/${each}`),
  );
  return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : 'No licence file in the package.'}\n`;
});
writeFileSync(`${out}/LICENSES.txt`, `The page's scripts contain these packages.\n\n${parts.join('\n----\n\n')}`);
