import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { bilingual } from '#schemas/plan.ts';
import { asked, named } from './answer.ts';
import { notable } from './commendations.ts';

/** What a list leaves out: how many, and how many of these stand level with the last one listed. */
export const unlisted = z.strictObject({ left: z.int(), level: z.int() });

export type Unlisted = z.infer<typeof unlisted>;

/** A team at a criterion or requirement. */
export const team = z.strictObject({
  ...named,
  teamSize: z.int(),
  rank: z.int().nullable(),
  /** The score, 0..100, at a criterion; the attainment, 0..1, at a requirement. */
  level: z.number().min(0).max(100),
  /** Points of the total that it loses here. */
  lost: z.number(),
  /** Activities behind it, how many of them are verified, and the day of the last; of teams that excel alone. */
  activities: z.int().nullable(),
  verified: z.int().nullable(),
  latest: day.nullable(),
});
export type Team = z.infer<typeof team>;

export const pair = z.strictObject({
  learner: team,
  teacher: team,
  sameGroup: z.boolean(),
  /** The requirement whose practice is passed on; null where the teacher is ahead in none in particular. */
  practice: z.strictObject({ requirement: z.string(), name: bilingual, kind: z.string() }).nullable(),
  /** What the teacher did of it. */
  activities: z.array(notable),
});
export type Pair = z.infer<typeof pair>;

export const topic = z.strictObject({
  of: z.enum(['criterion', 'requirement']),
  id: z.string(),
  criterion: z.string(),
  name: bilingual,
  clause: z.string().nullable(),
  /** Units for which it counts, of the group if one is asked about, and the points of the total that they lose here on average. */
  counted: z.int(),
  lost: z.number(),
  /** Best first: level, share of verified activities, the later activity, rank. */
  excelling: z.array(team),
  excellingUnlisted: unlisted,
  /** Furthest behind first. */
  lagging: z.array(team),
  laggingUnlisted: unlisted,
  pairs: z.array(pair),
});
export type Topic = z.infer<typeof topic>;

export const teaching = z.strictObject({
  /** Each criterion, followed by its requirements; in plan order. */
  topics: z.array(topic),
  /** The agenda: requirements with pairs, by id, most points lost on average first. */
  agenda: z.array(z.string()),
  ...asked,
});
export type Teaching = z.infer<typeof teaching>;
