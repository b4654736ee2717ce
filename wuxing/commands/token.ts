import { Command, InvalidArgumentError, Option } from 'commander';
import type { Access } from '#api/access/access.ts';
import { LOCAL_TOOL } from '#api/access/audit.ts';
import type { Credential } from '#api/access/credentials.ts';
import { runningServer } from '#api/access/serverNote.ts';
import type { Config } from '#api/config.ts';
import { describe, signInLink } from '#api/routes/access/shared.ts';
import { ROLES, type Role, rights } from '#schemas/access.ts';
import { timestamp } from '#schemas/dates.ts';
import { unitId } from '#schemas/ids.ts';
import { opened, settings } from '../place.ts';
import { deliver, Failure, tell } from '../say.ts';

type Options = {
  role?: Role;
  unit?: string;
  criteria?: string[];
  kinds?: string[];
  label?: string;
  expires?: number;
  link?: boolean;
  list?: boolean;
  revoke?: string;
};

const DAY = 86_400_000;

/** `12h`, `90d`, or an RFC 3339 time, as an instant. */
function parseExpiry(text: string): number {
  const [, amount, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  if (amount) return Date.now() + Number(amount) * (unit === 'd' ? DAY : DAY / 24);
  if (timestamp.safeParse(text).success) return Date.parse(text);
  throw new InvalidArgumentError(
    'give hours (12h), days (90d), or a time such as 2026-12-31T00:00:00+08:00.',
  );
}

/** Works on the folder itself: a server that runs reads it at every request, so what is revoked is dead at once. */
export const tokenCommand = (): Command =>
  new Command('token')
    .description('issue, list and revoke tokens and sign-in links')
    .addOption(new Option('--role <role>', 'what the token may do').choices(ROLES))
    .option('--unit <unit>', 'the unit that a token with the role unit is bound to')
    .option('--criteria <ids...>', 'the criteria that a token with the role reviewer is bound to')
    .option('--kinds <ids...>', 'the kinds that a token with the role reviewer is bound to')
    .option('--label <text>', 'whose it is, for the list and the audit log')
    .option(
      '--expires <when>',
      '12h, 90d, or an RFC 3339 time (default: a link after 24h, a token never)',
      parseExpiry,
    )
    .option(
      '--link',
      'a one-time sign-in link for the browser instead of a bearer token; alone: for the department',
    )
    .option('--list', 'list tokens and links, without their secrets')
    .option('--revoke <id>', 'end a token or link, with the sessions that came from it')
    .action(async (options: Options) => {
      const config = settings();
      const { openAccess } = await import('#api/access/access.ts');
      const access = opened(() => openAccess(config.dataDir), config);
      try {
        if (options.list) deliver(table(access.list()));
        else if (options.revoke !== undefined) await revoke(access, options.revoke);
        else await issue(access, config, options);
      } finally {
        await access.close();
      }
    });

async function issue(
  access: Access,
  config: Config,
  { role: given, unit, criteria = [], kinds = [], label, expires, link }: Options,
): Promise<void> {
  const role = given ?? (link && unit === undefined ? 'organisation' : undefined);
  if (!role) throw new Failure(`Give --role ${ROLES.join('|')}, --list, or --revoke ID.`);
  if ((role === 'unit') !== (unit !== undefined))
    throw new Failure('Give --unit with the role unit, and with that role only.');
  if (unit !== undefined && !unitId.safeParse(unit).success)
    throw new Failure(`"${unit}" is no id of a unit.`);
  const isReviewer = role === 'reviewer';
  if (isReviewer !== criteria.length + kinds.length > 0)
    throw new Failure('Give --criteria or --kinds with the role reviewer, and with that role only.');
  const expiresAt = expires ?? (link ? Date.now() + DAY : null);
  const asked = {
    kind: link ? 'link' : 'bearer',
    rights: rights.parse({
      roles: [role],
      ...(unit === undefined ? {} : { unit }),
      ...(isReviewer ? { reviews: { criteria, kinds } } : {}),
    }),
    label: label ?? unit ?? role,
    expiresAt,
  } as const;
  const made = await access.issue(asked);
  await access.audit.record(LOCAL_TOOL, 'token.issued', describe(made.credential));
  const base =
    config.publicUrl ?? (await runningServer(config.dataDir))?.url ?? `http://${config.host}:${config.port}`;
  deliver(`${link ? signInLink(base, made.secret) : made.secret}\n`);
  tell(`${made.credential.id}: shown this once; end it with --revoke ${made.credential.id}`);
}

async function revoke(access: Access, id: string): Promise<void> {
  const revoked = await access.revoke(id);
  if (!revoked) throw new Failure(`There is no token ${id}; --list shows them.`);
  await access.audit.record(LOCAL_TOOL, 'token.revoked', describe(revoked));
  tell(`${id} (${revoked.label}) is revoked.`);
}

const when = (instant: number | null): string => (instant === null ? '–' : new Date(instant).toISOString());

function table(credentials: readonly Credential[]): string {
  const rows = credentials.map((found) => [
    found.id,
    found.kind,
    found.rights.roles.join('+'),
    found.rights.unit ?? '–',
    when(found.createdAt),
    when(found.expiresAt),
    found.revokedAt !== null ? 'revoked' : found.kind === 'link' && found.usedAt !== null ? 'used' : 'valid',
    found.label,
  ]);
  return [['id', 'kind', 'role', 'unit', 'made', 'expires', 'state', 'label'], ...rows]
    .map((row) => `${row.join('\t')}\n`)
    .join('');
}
