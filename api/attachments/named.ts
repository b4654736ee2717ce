import { z } from 'zod';
import type { Reads } from '#api/ports.ts';
import { describeFaults, type Fault } from '#schemas/admission.ts';
import type { StoredFile } from '#schemas/attachments.ts';
import { type Attachment, attachment } from '#schemas/events.ts';
import { unitId } from '#schemas/ids.ts';
import type { Receipt } from '#schemas/results/results.ts';
import type { Attachments } from './attachments.ts';

/**
 * Events that name files. At the door of a unit, and of people, they must name what has been uploaded. Elsewhere, in a
 * stream that others write to or that was restored, a name without its file is taken, and shown as missing.
 */

export type NamedParts = {
  attachments: Pick<Attachments, 'list' | 'keep'>;
  reads: Pick<Reads, 'attachments'>;
};

type Naming = { unit: string; attachments: readonly Attachment[] };

const naming = z.object({
  data: z.object({ unit: unitId, attachments: z.array(attachment).min(1).max(100) }),
});

/** What an event names; nothing where it is malformed, which the door tells better. */
function namingOf(event: unknown): Naming | undefined {
  const parsed = naming.safeParse(event);
  return parsed.success ? parsed.data.data : undefined;
}

/** What is there of units, each asked once a request. */
type Shelf = (
  unit: string,
) => Promise<{ files: ReadonlyMap<string, StoredFile>; known: ReadonlySet<string> }>;

function createShelf({ attachments, reads }: NamedParts): Shelf {
  const units = new Map<string, ReturnType<Shelf>>();
  const look: Shelf = async (unit) => {
    const { files } = await attachments.list(unit);
    // What an earlier report names may be named again, though its bytes are lost.
    const known = (await reads.attachments(unit)).map(({ sha256 }) => sha256);
    return { files: new Map(files.map((file) => [file.sha256, file])), known: new Set(known) };
  };
  return (unit) => {
    const found = units.get(unit) ?? look(unit);
    units.set(unit, found);
    return found;
  };
}

async function faultsOf(shelf: Shelf, { unit, attachments: named }: Naming): Promise<Fault[]> {
  const { files, known } = await shelf(unit);
  return named.flatMap(({ sha256, name, type, size }, index): Fault[] => {
    const field = `data.attachments[${index}]`;
    const file = files.get(sha256);
    if (file && (file.type !== type || file.size !== size))
      return [{ field, message: `must say of the file ${name} type ${file.type} and size ${file.size}` }];
    if (file || known.has(sha256)) return [];
    return [
      { field, message: `names the file ${name} (${sha256}), which has not been uploaded for ${unit}` },
    ];
  });
}

/** Submits events, those that name files which are not there aside; receipts in the order of the events. */
export async function withFiles(
  parts: NamedParts,
  events: readonly unknown[],
  isChecked: (event: unknown) => boolean,
  submit: (events: readonly unknown[]) => Promise<Receipt[]>,
): Promise<Receipt[]> {
  const named = events.map(namingOf);
  if (named.every((one) => one === undefined)) return submit(events);
  const shelf = createShelf(parts);
  const refused = new Map<number, Fault[]>();
  for (const [index, one] of named.entries()) {
    if (!one || !isChecked(events[index])) continue;
    const faults = await faultsOf(shelf, one);
    if (faults.length > 0) refused.set(index, faults);
  }
  const whole = events.filter((_, index) => !refused.has(index));
  const given = whole.length > 0 ? await submit(whole) : [];
  const receipts = events.map((event, index) => {
    const faults = refused.get(index);
    return faults ? rejected(event, faults) : (given.shift() as Receipt);
  });
  for (const [index, one] of named.entries())
    if (one && isIn(receipts[index]))
      await parts.attachments.keep(
        one.unit,
        one.attachments.map(({ sha256 }) => sha256),
      );
  return receipts;
}

const isIn = (receipt: Receipt | undefined): boolean =>
  receipt?.status === 'appended' || receipt?.status === 'already';

function rejected(event: unknown, faults: Fault[]): Receipt {
  const { id } = (event ?? {}) as { id?: unknown };
  return {
    id: typeof id === 'string' ? id.slice(0, 200) : '',
    status: 'rejected',
    problem: describeFaults(faults),
    faults,
  };
}
