// Builds the dashboard where it is missing or older than what it is made of. An installation without the build's
// tools keeps what it has; without a dashboard the server answers the API alone.
import '../bin/checkRuntime.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist/dashboard/index.html');
const sources = ['dashboard', 'schemas', 'vite.config.ts', 'package-lock.json'];

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const fresh =
  existsSync(built) &&
  statSync(built).mtimeMs >= Math.max(...sources.map((path) => newest(join(root, path))));
const vite = join(root, 'node_modules/vite/bin/vite.js');
if (!fresh && existsSync(join(root, 'dashboard/index.html'))) {
  if (existsSync(vite)) {
    process.stderr.write('Building the dashboard …\n');
    const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0)
      process.stderr.write('The dashboard could not be built; the API is served without it.\n');
  } else if (!existsSync(built)) {
    process.stderr.write(
      'There is no dashboard, and no tools to build it (npm ci brings them); the API is served alone.\n',
    );
  }
}
