import type { Config } from '#api/config.ts';
import { SettingsError } from '#ingest/process/settings.ts';

/**
 * On servers nobody reads a terminal, and logs are collected: there no first secret is made up and printed. Refuses
 * settings of servers by which nobody could sign in.
 */
export async function refuseUnmanned(config: Config): Promise<void> {
  const onServers = config.streamUrl !== undefined || config.storeUrl !== undefined;
  if (!onServers || config.adminToken !== undefined || config.oidc !== undefined) return;
  const { openAccess } = await import('./access.ts');
  const access = openAccess(config.dataDir);
  try {
    if (access.isManned()) return;
  } finally {
    await access.close();
  }
  throw new SettingsError(
    'ADMIN_TOKEN must be set where STREAM_URL or STORE_URL is, until the department has an account: on servers no secret is made up and printed. `openssl rand -hex 32` gives one',
  );
}
