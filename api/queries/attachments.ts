import { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import { type Attachment, attachment } from '#schemas/events.ts';
import type { Ask } from './ask.ts';

const NAMED = select(TABLES.activity_versions, ['attachments']);

/** Every version that there ever was: what was amended away is still what somebody decided on. */
const SQL = `
  SELECT ${NAMED.columns}
  FROM activity_versions
  WHERE unit = {unit:String} AND attachments != ''
  ORDER BY fromPos
  LIMIT 1 BY attachments`;

const list = z.array(attachment);

/** What a unit's activities name, or once named, as their proof; each file once, as it was named first. */
export async function attachmentsOf(ask: Ask, unit: string): Promise<Attachment[]> {
  const rows = await ask.query(NAMED.row, SQL, { unit });
  const found = new Map<string, Attachment>();
  for (const { attachments } of rows)
    for (const one of list.parse(JSON.parse(attachments)))
      if (!found.has(one.sha256)) found.set(one.sha256, one);
  return [...found.values()];
}
