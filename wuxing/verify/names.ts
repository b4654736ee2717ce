import type { Exported } from './exported.ts';
import type { Named } from './findings.ts';
import { linesOf, objectIn, textOf } from './lines.ts';

/** What an event calls itself, by its place in `Exported`. */
export type Names = (event: number) => Named;

/** Reads the export again for the names of the events that matter: as many as are told one by one. */
export async function namesOf(file: string, exported: Exported, events: Iterable<number>): Promise<Names> {
  const wanted = new Set<number>();
  for (const event of events) wanted.add(exported.lines[event] ?? 0);
  const named = new Map<number, Named>();
  if (wanted.size > 0)
    for await (const { line, bytes } of linesOf(file)) {
      const envelope = wanted.has(line) ? objectIn(bytes) : undefined;
      if (!envelope) continue;
      const { id, source, subject, recordedtime } = envelope;
      named.set(line, {
        line,
        id: textOf(id),
        source: textOf(source),
        subject: textOf(subject),
        recordedtime: textOf(recordedtime),
      });
    }
  return (event) => {
    const line = exported.lines[event] ?? 0;
    return (
      named.get(line) ?? {
        line,
        id: '',
        source: '',
        subject: exported.subjects[event] ?? '',
        recordedtime: '',
      }
    );
  };
}
