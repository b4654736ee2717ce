/** What differs between a sealed file and the events, each with as exact a name as can be given. */

/** An event of the export, by its line and what it calls itself. */
export type Named = { line: number; id: string; source: string; subject: string; recordedtime: string };

export type Finding =
  // The sealed file.
  | { kind: 'file'; detail: string }
  | { kind: 'bytes' }
  | { kind: 'fingerprints' }
  | { kind: 'signature' }
  | { kind: 'key'; expected: string; found: string }
  // The events.
  | { kind: 'line'; line: number; why: 'no-object' | 'no-time' | 'position' | 'time' }
  | { kind: 'changed'; event: Named }
  | { kind: 'added'; event: Named }
  | { kind: 'moved'; event: Named }
  | { kind: 'refused'; line: number; reason: string }
  | { kind: 'missing'; index: number; after: Named | null; before: Named | null; positions: string[] }
  | { kind: 'root'; sealed: string; computed: string }
  | { kind: 'record'; line: number; fields: string[] }
  | { kind: 'previous'; sealed: string; found: string }
  // The result.
  | { kind: 'scoring'; sealed: string; computed: string }
  | { kind: 'plan' }
  | { kind: 'row'; unit: string; field: string; sealed: string; computed: string }
  // The files that prove what was reported.
  | { kind: 'attachment-missing'; event: Named; name: string; sha256: string }
  | { kind: 'attachment-damaged'; file: string }
  | { kind: 'more'; of: 'events' | 'rows' | 'attachments'; count: number };

/** What is no difference, but good to know. */
export type Note =
  | { kind: 'key'; print: string; compared: boolean }
  | { kind: 'late'; count: number }
  | { kind: 'backdated'; event: Named }
  | { kind: 'copies'; count: number }
  | { kind: 'set-aside'; count: number }
  | { kind: 'attachments'; count: number }
  | { kind: 'no-record' };

export type Report = {
  year: number | null;
  asOf: string | null;
  events: number | null;
  root: string | null;
  rows: number | null;
  findings: Finding[];
  notes: Note[];
};

/** Named one by one up to here; beyond, how many more there are. */
export const MOST = 100;
