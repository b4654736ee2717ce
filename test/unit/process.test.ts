import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { opening } from '#ingest/process/closers.ts';
import { createRegistry, healthAt } from '#ingest/process/health.ts';
import { readSettings, SHARED, streamUrl, whole } from '#ingest/process/settings.ts';

describe('the shell that every process has', () => {
  const settings = z.object({ ...SHARED, PORT: whole(0, 65_535).default(1), STREAM_URL: streamUrl() });

  test('names every setting at fault at once, and takes an empty one as unset', () => {
    const read = (env: Record<string, string>) => readSettings(settings, env);
    expect(() => read({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(
      /^Settings refused:\n {2}LOG_LEVEL .+\n {2}PORT .+\n {2}STREAM_URL must be kafka:.+$/,
    );
    expect(read({ PORT: '', STREAM_URL: 'kafka://a:1,b:2/t' })).toMatchObject({ PORT: 1, HOST: '127.0.0.1' });
  });

  test('is alive whatever is wrong, and ready when nothing is', async () => {
    let troubles: string[] = ['The store is away.'];
    const watched = { troubles: () => troubles, projected: () => 7 };
    const registry = createRegistry(watched);
    expect(healthAt('/healthz', watched.troubles)?.status).toBe(200);
    expect(healthAt('/readyz', watched.troubles)).toEqual({
      status: 503,
      body: { status: 'unavailable', troubles },
    });
    expect(await registry.metrics()).toMatch(/^wuxing_ready 0$/m);
    troubles = [];
    expect(healthAt('/readyz', watched.troubles)).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await registry.metrics()).toMatch(/^wuxing_ready 1$/m);
    expect(await registry.metrics()).toMatch(/^wuxing_events_projected 7$/m);
    expect(healthAt('/anything', watched.troubles)).toBeUndefined();
  });

  test('closes what was opened, the last first, where a later part does not open', async () => {
    const closed: string[] = [];
    const opened = opening(async ({ add }) => {
      add(() => closed.push('store'));
      add(async () => {
        closed.push('stream');
        throw new Error('already gone');
      });
      throw new Error('no projection');
    });
    await expect(opened).rejects.toThrow('no projection');
    expect(closed).toEqual(['stream', 'store']);
  });
});
