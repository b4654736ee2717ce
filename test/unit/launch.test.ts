import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT, FLAGS } from '../../bin/runtime.mjs';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const environment = Object.entries(ENVIRONMENT).map(([name, value]) => `${name}=${value}`);

describe('the product is started in the same way wherever it is', () => {
  it('by npm', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const starts = Object.values(scripts).filter((script) => script.startsWith('exec env'));
    expect(starts).toHaveLength(4);
    for (const script of starts)
      expect(script).toContain(`exec env ${environment.join(' ')} node ${FLAGS.join(' ')} --import`);
  });

  it('in containers', () => {
    const flags = FLAGS.map((flag) => JSON.stringify(flag)).join(', ');
    expect(read('Dockerfile')).toContain(environment.join(' '));
    expect(read('Dockerfile')).toContain(`CMD ["node", ${flags}, "wuxing/main.ts", "serve"]`);
    expect(read('docker-compose.yml')).toContain(`["node", ${flags}, "ingest/main.ts"]`);
  });

  it('by a Node that is too old to run it, which hands over', () => {
    // A name that an old Node does not export ends it before it can say anything; of a namespace it is undefined.
    for (const file of ['bin/wuxing.mjs', 'bin/checkRuntime.mjs', 'bin/runtime.mjs'])
      expect(read(file), file).not.toMatch(/import \{[^}]*\} from 'node:module'/);
  });

  it('with flags that this Node knows', async () => {
    const { spawnSync } = await import('node:child_process');
    const { status, stderr } = spawnSync(process.execPath, [...FLAGS, '-e', '0'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});
