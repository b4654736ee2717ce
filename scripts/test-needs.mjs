// Finds what the tests need beside npm packages, and installs it where it may (Debian, as root). What cannot be
// had is named in one line; the tests that need it then skip and say so.
import '../bin/checkRuntime.mjs';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const say = (line) => process.stdout.write(`${line}\n`);
const has = (command) => spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
const fontFamilies = () => spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' }).stdout ?? '';

// A producer that is not ours, for the Kafka tests; from PyPI, beside the project and not in the system.
const PYTHON_PACKAGES = fileURLToPath(new URL('../.cache/python', import.meta.url));
const CONFLUENT_KAFKA = 'confluent-kafka==2.16.1';
const python = (...args) =>
  spawnSync('python3', args, { stdio: 'ignore', env: { ...process.env, PYTHONPATH: PYTHON_PACKAGES } })
    .status === 0;
const hasProducer = () => python('-c', 'import confluent_kafka');

const needs = [
  {
    what: 'browser tests',
    missing: () => !has('chromium-headless-shell') && !has('chromium'),
    packages: ['chromium-headless-shell'],
    // Where the shell alone is not to be had.
    instead: ['chromium'],
  },
  {
    what: 'Chinese text in screenshots',
    missing: () => fontFamilies().trim() === '',
    packages: ['fonts-noto-cjk'],
  },
  {
    what: 'the Kafka tests and the schemas of documents',
    missing: () => !has('java') || !has('mvn'),
    packages: ['openjdk-17-jre-headless', 'maven'],
  },
  {
    what: 'what other Kafka producers write',
    missing: () => !hasProducer() && !python('-m', 'pip', '--version'),
    packages: ['python3', 'python3-pip'],
  },
  {
    what: 'opening exported documents',
    missing: () => !has('soffice') || !has('pdftotext'),
    packages: ['libreoffice-writer', 'libreoffice-calc', 'libreoffice-impress', 'poppler-utils'],
  },
];

const canBeHad = (names) =>
  spawnSync('apt-get', ['install', '--simulate', ...names], { stdio: 'ignore' }).status === 0;

const missing = needs.filter((need) => need.missing());
if (missing.length > 0) {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) {
    const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    try {
      execFileSync('apt-get', ['update', '-qq'], options);
      const packages = missing.flatMap((need) =>
        need.instead && !canBeHad(need.packages) ? need.instead : need.packages,
      );
      say(`Installing for the tests: ${packages.join(' ')}`);
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
    } catch {
      say('The installation failed; see what is skipped below.');
    }
  }
  for (const need of needs.filter((need) => need.missing()))
    say(`Skipped: ${need.what}, for want of ${need.packages.join(' ')}`);
}

if (!hasProducer() && python('-m', 'pip', '--version')) {
  say(`Fetching for the tests: ${CONFLUENT_KAFKA}`);
  if (!python('-m', 'pip', 'install', '--quiet', '--upgrade', '--target', PYTHON_PACKAGES, CONFLUENT_KAFKA))
    say(`Skipped: what other Kafka producers write, for want of ${CONFLUENT_KAFKA} from PyPI`);
}
