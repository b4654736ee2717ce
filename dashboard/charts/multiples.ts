import type { MarkSpot } from '#schemas/presentation/answers/marks.ts';
import type { MarkKind } from '#schemas/results/marks.ts';
import { MARK_PATHS, markColor } from './marks.ts';
import { type Box, type Scale, slotX, sparkLine } from './sparkline.ts';
import type { ChartTheme } from './theme.ts';

/** One unit's year: total and types on each day, and what happened. */
export type Panel = {
  unit: string;
  name: string;
  /** What stands under the name. */
  told: string;
  totals: readonly (number | null)[];
  types: readonly { id: string; token: string; scores: readonly (number | null)[] }[];
  spots: readonly MarkSpot[];
};

export const PANEL: Box = { width: 184, height: 72 };
/** Room for the signs of what happened, below the lines. */
export const FOOT = 14;
export const MARK_SIGN = 8;
const STEP = 10;

/** Kinds that concern all units: a line through every panel, and no sign in each. */
const OF_ALL: ReadonlySet<MarkKind> = new Set(['plan', 'seal', 'publication']);

/** So small a part of the scores may lie below the scale: single ones early in a year would flatten all others. */
const BELOW = 0.05;

/** One scale for all panels, from a full ten up to 100; what is lower is drawn at the lower edge, and said. */
export function panelScale(panels: readonly Panel[]): Scale & { cut: boolean } {
  const scores = panels
    .flatMap(({ totals, types }) => [totals, ...types.map((type) => type.scores)].flat())
    .filter((score) => score !== null)
    .sort((a, b) => a - b);
  const low = Math.min(100 - STEP, scores[Math.floor(scores.length * BELOW)] ?? 100);
  const bottom = Math.floor(low / STEP) * STEP;
  return { top: 100, bottom, cut: (scores[0] ?? 100) < bottom };
}

export type Shapes = {
  /** Types first, the chosen one above the others, the total on top. */
  lines: { path: string; token: string; of: 'total' | 'type' | 'chosen' | 'other' }[];
  /** Where something happened that concerns all units. */
  rules: number[];
  /** The gravest of a month, with all of them to be told. */
  signs: { kind: MarkKind; x: number; spots: MarkSpot[] }[];
};

/** What a panel draws, in its own pixels; page and picture draw the same. */
export function panelShapes(panel: Panel, scale: Scale, chosen: string | null): Shapes {
  const days = panel.totals.length;
  const held = (score: number | null): number | null =>
    score === null ? null : Math.max(score, scale.bottom);
  const line = (scores: readonly (number | null)[]): string => sparkLine(scores.map(held), scale, PANEL).path;
  const types = panel.types.map(({ id, token, scores }) => ({
    path: line(scores),
    token,
    of: chosen === null ? ('type' as const) : id === chosen ? ('chosen' as const) : ('other' as const),
  }));
  types.sort((a, b) => Number(a.of === 'chosen') - Number(b.of === 'chosen'));
  const bySlot = new Map<number, MarkSpot[]>();
  for (const spot of panel.spots) {
    if (OF_ALL.has(spot.kind)) continue;
    bySlot.set(spot.slot, [...(bySlot.get(spot.slot) ?? []), spot]);
  }
  return {
    lines: [...types, { path: line(panel.totals), token: 'ink', of: 'total' }],
    rules: [...new Set(panel.spots.filter(({ kind }) => OF_ALL.has(kind)).map(({ slot }) => slot))].map(
      (slot) => slotX(slot, days, PANEL.width),
    ),
    signs: [...bySlot].flatMap(([slot, spots]) => {
      const [first] = spots;
      return first ? [{ kind: first.kind, x: slotX(slot, days, PANEL.width), spots }] : [];
    }),
  };
}

/** The day that is nearest to a place in a panel, as a part of its width. */
export function slotAt(part: number, days: number): number {
  const step = (slotX(days - 1, days, PANEL.width) - slotX(0, days, PANEL.width)) / Math.max(1, days - 1);
  if (step === 0) return days - 1;
  return Math.min(
    days - 1,
    Math.max(0, Math.round((part * PANEL.width - slotX(0, days, PANEL.width)) / step)),
  );
}

const WIDTHS = { total: 1.75, chosen: 2, type: 1, other: 0.75 } as const;
const HEAD = 36;
const GAP = { x: 24, y: 20 };
const EDGE = 16;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Sheet = {
  panels: readonly Panel[];
  chosen: string | null;
  title: string;
  notes: readonly string[];
  columns: number;
};

/** All panels as one SVG document, with their names, and what it says below them. */
export function multiplesSvg({ panels, chosen, title, notes, columns }: Sheet, theme: ChartTheme): string {
  const scale = panelScale(panels);
  const cell = { width: PANEL.width + GAP.x, height: HEAD + PANEL.height + FOOT + GAP.y };
  const rows = Math.ceil(panels.length / columns);
  const width = 2 * EDGE + columns * cell.width - GAP.x;
  const top = EDGE + 32;
  const height = top + rows * cell.height + notes.length * 18 + EDGE;
  const color = (token: string): string => theme.types[token] ?? theme.ink;
  const text = (x: number, y: number, size: number, fill: string, words: string): string =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}">${escaped(words)}</text>`;
  const drawn = panels.map((panel, index) => {
    const { lines, rules, signs } = panelShapes(panel, scale, chosen);
    const [x, y] = [EDGE + (index % columns) * cell.width, top + Math.floor(index / columns) * cell.height];
    const paths = lines.map(
      ({ path, token, of }) =>
        `<path d="${path}" fill="none" stroke="${of === 'other' ? theme.control : of === 'total' ? theme.ink : color(token)}" stroke-width="${WIDTHS[of]}"/>`,
    );
    const verticals = rules.map(
      (at) =>
        `<path d="M${at} 0V${PANEL.height}" stroke="${theme.muted}" stroke-dasharray="2 2" stroke-width="1"/>`,
    );
    const marks = signs.map(
      ({ kind, x: at }) =>
        `<path transform="translate(${at - MARK_SIGN / 2} ${PANEL.height + 4}) scale(${MARK_SIGN / 12})" d="${MARK_PATHS[kind]}" fill="${markColor(kind, theme)}"/>`,
    );
    return `<g transform="translate(${x} ${y})">${text(0, 12, 13, theme.ink, panel.name)}${text(0, 28, 11, theme.muted, panel.told)}<g transform="translate(0 ${HEAD})"><path d="M0 0.5H${PANEL.width}M0 ${PANEL.height - 0.5}H${PANEL.width}" stroke="${theme.rule}"/>${verticals.join('')}${paths.join('')}${marks.join('')}</g></g>`;
  });
  const below = notes.map((note, index) =>
    text(EDGE, top + rows * cell.height + 12 + index * 18, 12, theme.muted, note),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(theme.font)}"><rect width="100%" height="100%" fill="${theme.paper}"/>${text(EDGE, EDGE + 14, 16, theme.ink, title)}${drawn.join('')}${below.join('')}</svg>`;
}
