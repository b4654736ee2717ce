// Fails where the lock file would let something in that nobody has looked at: a package whose bytes it does not pin,
// or one under a licence that is not on the list.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What may be given on under Apache-2.0. MPL and OFL bind the package's own files, which are not changed here. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Zlib',
]);

/** Packages whose manifest names no licence, and what their files say. */
const SAID_ELSEWHERE = { 'png-js@1.1.0': 'MIT' };

/**
 * Engines for machines of another kind that could not be had from the registry when the lock was written. A version
 * that can be had is pinned like the rest; then its line goes.
 */
const NOT_TO_BE_HAD = new Set([
  '@chdb/lib-darwin-arm64@26.7.3-stable.1',
  '@chdb/lib-darwin-x64@26.7.3-stable.1',
  '@chdb/lib-linux-arm64-gnu@26.7.3-stable.1',
]);

/** An SPDX expression as npm's manifests use it: alternatives of what holds together. */
const isAllowed = (licence) =>
  licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((name) => LICENCES.has(name.trim())));

/** A sentence for each fault of a parsed lock file. */
export function faultsOf({ packages }) {
  const faults = [];
  const excused = new Set();
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '' || entry.link) continue;
    const name = `${entry.name ?? path.split('node_modules/').at(-1)}@${entry.version}`;
    if (NOT_TO_BE_HAD.has(name)) excused.add(name);
    if (!entry.integrity && !NOT_TO_BE_HAD.has(name))
      faults.push(`${name} has no integrity: remove its entry and install again`);
    if (entry.integrity && NOT_TO_BE_HAD.has(name))
      faults.push(`${name} is pinned now: strike it off the list`);
    const licence = entry.license ?? SAID_ELSEWHERE[name];
    if (entry.integrity && !(licence && isAllowed(licence)))
      faults.push(`${name} is under ${licence ?? 'no licence'}, which is not on the list`);
  }
  for (const name of NOT_TO_BE_HAD)
    if (!excused.has(name)) faults.push(`${name} is gone: strike it off the list`);
  return faults;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = faultsOf(JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')));
  for (const fault of faults) process.stderr.write(`package-lock.json: ${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
