import { LOCAL_TOOL } from '#api/access/audit.ts';

/** Notes in the audit log what was done on the folder itself; a server notes what is done through it. */
export async function audited(
  dataDir: string,
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  const { openAccess } = await import('#api/access/access.ts');
  const access = openAccess(dataDir);
  await access.audit.record(LOCAL_TOOL, action, details);
  await access.close();
}
