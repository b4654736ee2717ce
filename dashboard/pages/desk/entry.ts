import { z } from 'zod';
import { type Fault, faultsOf } from '#schemas/admission.ts';
import { type ActivityBody, activityBody, attachment } from '#schemas/events.ts';
import { misfits } from '#schemas/fit.ts';
import type { Plan } from '#schemas/plan.ts';
import { askedOf, onlyAsked } from '#schemas/reportFields.ts';

/** A report as it is typed: figures as text, until they are read. What a draft keeps. */
export const entry = z.object({
  kind: z.string(),
  occurredOn: z.string(),
  title: z.string(),
  form: z.string(),
  quantity: z.string(),
  due: z.string(),
  done: z.string(),
  members: z.array(z.string()),
  score: z.string(),
  indicator: z.string(),
  value: z.string(),
  ledByHead: z.boolean(),
  note: z.string(),
  evidence: z.array(z.string()),
  attachments: z.array(attachment),
});
export type Entry = z.infer<typeof entry>;

export const blankEntry = (kind = ''): Entry => ({
  kind,
  occurredOn: '',
  title: '',
  form: '',
  quantity: '',
  due: '',
  done: '',
  members: [],
  score: '',
  indicator: '',
  value: '',
  ledByHead: false,
  note: '',
  evidence: [],
  attachments: [],
});

const textOf = (figure: number | undefined): string => (figure === undefined ? '' : String(figure));

/** A report that is there, to be amended. */
export const entryOf = (body: ActivityBody): Entry => ({
  kind: body.kind,
  occurredOn: body.occurredOn,
  title: body.title,
  form: body.form ?? '',
  quantity: textOf(body.quantity),
  due: textOf(body.due),
  done: textOf(body.done),
  members: [...(body.members ?? [])],
  score: textOf(body.score),
  indicator: body.indicator ?? '',
  value: textOf(body.value),
  ledByHead: body.ledByHead ?? false,
  note: body.note ?? '',
  evidence: [...(body.evidence ?? [])],
  attachments: [...(body.attachments ?? [])],
});

/** Full-width digits and commas between thousands are how people write; NaN for what is no number. */
function numberIn(text: string): number {
  const plain = text.normalize('NFKC').replaceAll(/[\s,_]/g, '');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

/** Ids apart by commas of any kind, or by spaces. */
export const membersIn = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFKC')
      .split(/[\s,、;]+/u)
      .filter((id) => id !== ''),
  ),
];

const FIGURES = ['quantity', 'due', 'done', 'score', 'value'] as const;

export type Read = { body: ActivityBody; faults: Fault[] };

type Figures = Partial<Record<(typeof FIGURES)[number], number>>;

/** The figures that the kind asks, as far as they can be read. */
function figuresIn(typed: Entry, fields: readonly string[]): { figures: Figures; faults: Fault[] } {
  const figures: Figures = {};
  const faults: Fault[] = [];
  for (const field of FIGURES) {
    const text = typed[field].trim();
    if (text === '' || !fields.includes(field)) continue;
    const value = numberIn(text);
    if (Number.isNaN(value)) faults.push({ field: `data.${field}`, message: 'is no number' });
    else figures[field] = value;
  }
  return { figures, faults };
}

function dayFaults({ occurredOn }: Entry, year: number, today: string): Fault[] {
  if (occurredOn === '') return [{ field: 'data.occurredOn', message: 'is missing' }];
  if (!occurredOn.startsWith(`${year}-`))
    return [{ field: 'data.occurredOn', message: `must lie inside ${year}` }];
  return occurredOn > today
    ? [{ field: 'data.occurredOn', message: `must not be after today (${today})` }]
    : [];
}

/** What the door would be sent, with nothing that the kind does not ask, and all that is wrong with it. */
export function readEntry(typed: Entry, plan: Plan, today: string): Read {
  const asked = askedOf(plan, typed.kind);
  const { figures, faults } = figuresIn(typed, asked.fields);
  const body = onlyAsked(asked, {
    kind: typed.kind,
    occurredOn: typed.occurredOn,
    title: typed.title.trim(),
    ...figures,
    ...(typed.members.length > 0 && { members: typed.members }),
    ...(typed.form !== '' && { form: typed.form }),
    ...(typed.indicator.trim() !== '' && { indicator: typed.indicator.trim() }),
    ...(typed.ledByHead && { ledByHead: true }),
    ...(typed.note.trim() !== '' && { note: typed.note.trim() }),
    ...(typed.evidence.length > 0 && { evidence: typed.evidence }),
    ...(typed.attachments.length > 0 && { attachments: typed.attachments }),
  });
  const shape = activityBody.safeParse(body);
  const odd = shape.success
    ? []
    : faultsOf(shape.error).map(({ field, message }) => ({ field: `data.${field.split('.')[0]}`, message }));
  return {
    body,
    faults: once([...faults, ...dayFaults(typed, plan.year, today), ...odd, ...misfits(plan, body)]),
  };
}

/** Of several faults of one field the first is told. */
function once(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ field }) => !seen.has(field) && seen.add(field));
}
