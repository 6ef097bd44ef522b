// Makes the built commands runnable as `npx muball` inside the repository: npm links the commands of dependencies, not
// those of the project itself, and when it installs they are not built yet.
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules', '.bin');
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

mkdirSync(folder, { recursive: true });
for (const [name, file] of Object.entries(bin)) {
  const target = join(root, file);
  chmodSync(target, 0o755);
  const link = join(folder, name);
  rmSync(link, { force: true });
  if (process.platform === 'win32') writeFileSync(`${link}.cmd`, `@node "${target}" %*\r\n`);
  else symlinkSync(relative(folder, target), link);
}
