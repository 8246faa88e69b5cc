// Bundles the query page into ../static, and gathers the licences of all that went in.
//   npm ci && npm run build
import { build } from 'esbuild';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

const out = process.argv[2] ?? '../static';
const common = {
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2021',
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'dataurl' },
};
await build({ ...common, format: 'iife', entryPoints: ['src/query.js'], outfile: `${out}/query.js` });
await build({ ...common, entryPoints: ['src/query.css'], outfile: `${out}/query.css` });

// yasgui comes bundled with what it needs: every package that is installed for it, and not for development, is in it
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const folders = readdirSync('node_modules').flatMap((name) =>
  name.startsWith('@') ? readdirSync(`node_modules/${name}`).map((each) => `${name}/${each}`) : [name],
);
const parts = folders
  .filter(
    (name) =>
      !name.startsWith('.') &&
      !packages[`node_modules/${name}`]?.dev &&
      existsSync(`node_modules/${name}/package.json`),
  )
  .sort()
  .map((name) => {
    const folder = `node_modules/${name}`;
    const { version, license, licenses } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const kind = license?.type ?? license ?? licenses?.map((each) => each.type).join(', ') ?? 'see below';
    return `${name} ${version} (${kind})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : 'No licence file in the package.'}\n`;
  });
writeFileSync(`${out}/LICENSES.txt`, `The query page contains these packages.\n\n${parts.join('\n----\n\n')}`);
