import { z } from 'zod';
import { digestOfFile, filesBelow } from '#api/attachments/copying.ts';
import { folderOf } from '#api/attachments/keys.ts';
import { attachment } from '#schemas/events.ts';
import { type Finding, MOST, type Named, type Note } from './findings.ts';
import { linesOf, objectIn, textOf } from './lines.ts';

/** Files beside the events that name them: an event is sealed with the digests, and each file either has its digest or not. */

const data = z.object({ unit: z.string(), attachments: z.array(attachment) });

const nameOf = (line: number, envelope: Readonly<Record<string, unknown>>): Named => ({
  line,
  id: textOf(envelope.id),
  source: textOf(envelope.source),
  subject: textOf(envelope.subject),
  recordedtime: textOf(envelope.recordedtime),
});

/** Digests that are there, by unit, and the files that are not what their names say. */
async function shelfOf(folder: string) {
  const there = new Set<string>();
  const damaged: string[] = [];
  for (const { unitFolder, name, path } of await filesBelow(folder)) {
    const sha256 = name.slice(0, 64);
    if ((await digestOfFile(path)) === sha256) there.add(`${unitFolder}/${sha256}`);
    else damaged.push(`${unitFolder}/${name}`);
  }
  return { there, damaged };
}

export async function attachmentFindings(
  events: string,
  folder: string,
): Promise<{ findings: Finding[]; notes: Note[] }> {
  const { there, damaged } = await shelfOf(folder);
  const findings: Finding[] = damaged.map((file) => ({ kind: 'attachment-damaged', file }));
  let named = 0;
  let missing = 0;
  for await (const { line, bytes } of linesOf(events)) {
    const envelope = objectIn(bytes);
    const parsed = data.safeParse(envelope?.data);
    if (!envelope || !parsed.success) continue;
    const { unit, attachments } = parsed.data;
    for (const { sha256, name } of attachments) {
      named++;
      if (there.has(`${folderOf(unit)}/${sha256}`)) continue;
      missing++;
      if (missing <= MOST)
        findings.push({ kind: 'attachment-missing', event: nameOf(line, envelope), name, sha256 });
    }
  }
  if (missing > MOST) findings.push({ kind: 'more', of: 'attachments', count: missing - MOST });
  return { findings, notes: [{ kind: 'attachments', count: named - missing }] };
}
