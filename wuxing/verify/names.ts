import type { Exported } from './exported.ts';
import { MOST, type Named } from './findings.ts';
import { linesOf, objectIn, textOf } from './lines.ts';
import { type Matched, neighbours } from './match.ts';

/** What an event calls itself, by its place in `Exported`. */
export type Names = (event: number) => Named;

/** Reads the export again for the names of the events that matter. */
export async function namesOf(
  file: string,
  exported: Exported,
  matched: Matched | undefined,
): Promise<Names> {
  const wanted = new Set<number>();
  const want = (event: number | undefined): void => {
    const line = event === undefined ? undefined : exported.lines[event];
    if (line !== undefined && wanted.size < 10 * MOST) wanted.add(line);
  };
  if (matched) {
    for (const event of [...matched.changed, ...matched.added, ...matched.moved]) want(event);
    for (const leaf of matched.missing.slice(0, MOST))
      for (const event of neighbours(matched, leaf)) want(event === null ? undefined : event);
  }
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
