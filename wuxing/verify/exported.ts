import { sha256 } from '#api/freeze/digest.ts';
import { instantOf, timestamp } from '#schemas/dates.ts';
import { eventLeaf } from '#schemas/manifest.ts';
import { offsetOf, parsePosition, partitionOf } from '#schemas/position.ts';
import type { Finding } from './findings.ts';
import { type Envelope, linesOf, objectIn, textOf } from './lines.ts';

const HASH = 32;

/** The events recorded up to a time, in the order of the export: hashes side by side, the rest in parallel lists. */
export type Exported = {
  lines: number[];
  times: number[];
  subjects: string[];
  leaf(index: number): Buffer;
  /** The seals of the year that the export holds, in its order. */
  records: { line: number; data: Record<string, unknown> }[];
  /** How many events were recorded later. */
  late: number;
  /** Positions that are passed over, up to some: `0-41`. */
  gaps: string[];
  findings: Finding[];
};

/** Raised as hashes come in. */
function createHashes() {
  let bytes = Buffer.alloc(HASH * 4_096);
  let count = 0;
  return {
    add(hash: Uint8Array) {
      if ((count + 1) * HASH > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
      bytes.set(hash, HASH * count++);
    },
    at: (index: number) => bytes.subarray(index * HASH, (index + 1) * HASH),
  };
}

const MOST_GAPS = 100;

/** Watches what must ascend from line to line: positions within a partition, recorded times within a subject. */
function createOrder(findings: Finding[]) {
  const lastOffsets = new Map<number, number>();
  const lastTimes = new Map<string, number>();
  const gaps: string[] = [];
  return {
    gaps,
    position(line: number, text: string) {
      const position = parsePosition(text);
      if (position === undefined) return;
      const [partition, offset] = [partitionOf(position), offsetOf(position)];
      const last = lastOffsets.get(partition) ?? -1;
      if (offset <= last) findings.push({ kind: 'line', line, why: 'position' });
      for (let gap = last + 1; gap < offset && gaps.length < MOST_GAPS; gap++)
        gaps.push(`${partition}-${gap}`);
      lastOffsets.set(partition, Math.max(last, offset));
    },
    time(line: number, subject: string, time: number) {
      const last = lastTimes.get(subject) ?? 0;
      if (time < last) findings.push({ kind: 'line', line, why: 'time' });
      lastTimes.set(subject, Math.max(last, time));
    },
  };
}

/** The seal that an event records, if it is one of the year. */
function sealIn(year: number, { type, data }: Envelope): Record<string, unknown> | undefined {
  if (type !== 'result.frozen' || typeof data !== 'object' || data === null) return undefined;
  return 'year' in data && data.year === year ? (data as Record<string, unknown>) : undefined;
}

/** Reads the export once, and keeps of it what comparing needs. */
export async function readExport(
  file: string,
  { year, asOf }: { year: number; asOf: number },
): Promise<Exported> {
  const hashes = createHashes();
  const findings: Finding[] = [];
  const order = createOrder(findings);
  const kept: Exported = {
    lines: [],
    times: [],
    subjects: [],
    leaf: hashes.at,
    records: [],
    late: 0,
    gaps: order.gaps,
    findings,
  };
  /** Millions of events have some thousand subjects: one text each. */
  const known = new Map<string, string>();
  for await (const { line, bytes } of linesOf(file)) {
    const envelope = objectIn(bytes);
    if (!envelope) {
      findings.push({ kind: 'line', line, why: 'no-object' });
      continue;
    }
    const recorded = timestamp.safeParse(envelope.recordedtime);
    if (!recorded.success) {
      findings.push({ kind: 'line', line, why: 'no-time' });
      continue;
    }
    const subject = textOf(envelope.subject);
    const time = instantOf(recorded.data);
    order.position(line, textOf(envelope.position));
    order.time(line, subject, time);
    const data = sealIn(year, envelope);
    if (data) kept.records.push({ line, data });
    if (time > asOf) {
      kept.late++;
      continue;
    }
    if (!known.has(subject)) known.set(subject, subject);
    kept.lines.push(line);
    kept.times.push(time);
    kept.subjects.push(known.get(subject) ?? subject);
    hashes.add(eventLeaf(sha256, envelope));
  }
  return kept;
}
