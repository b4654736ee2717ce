import { TYPE_TOKENS } from '#schemas/presentation/palette.ts';
import { estimated, type Measure } from './measure.ts';

/** What charts draw with, read from the page's own colours, so that both have one source. */
export type ChartTheme = {
  ink: string;
  muted: string;
  paper: string;
  wash: string;
  rule: string;
  control: string;
  accent: string;
  alarm: string;
  /** From nothing to all: five steps of attainment, light to dark on light paper and the other way round on dark. */
  attainment: readonly string[];
  /** Four steps of lost points, each with more ink than the one before; nothing lost is paper. */
  loss: readonly string[];
  /** Colours of the types by token. */
  types: Readonly<Record<string, string>>;
  font: string;
  measure: Measure;
};

export function themeOf(
  token: (name: string) => string,
  measureIn: (font: string) => Measure = () => estimated,
): ChartTheme {
  return {
    ink: token('ink'),
    muted: token('muted'),
    paper: token('paper'),
    wash: token('wash'),
    rule: token('rule'),
    control: token('control'),
    accent: token('accent'),
    alarm: token('alarm'),
    attainment: [0, 1, 2, 3, 4].map((step) => token(`attain-${step}`)),
    loss: [1, 2, 3, 4].map((step) => token(`attain-${step}`)),
    types: Object.fromEntries(TYPE_TOKENS.map((name) => [name, token(name)])),
    font: token('font'),
    measure: measureIn(token('font')),
  };
}

/** What all charts share: the page's type, no animation that anyone must wait for, tooltips that are text, never HTML. */
export const frame = (theme: ChartTheme) => ({
  animationDuration: 150,
  animationDurationUpdate: 150,
  textStyle: { fontFamily: theme.font, fontSize: 12, color: theme.ink },
  tooltip: {
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: theme.paper,
    borderColor: theme.rule,
    borderWidth: 1,
    padding: 8,
    textStyle: { color: theme.ink, fontSize: 12, fontFamily: theme.font },
    transitionDuration: 0,
  },
});

/**
 * Text of people's making, for a richText label or tooltip. `{style|text}` means a style there; look-alikes of the
 * signs mean nothing.
 */
export const plainText = (text: string): string =>
  text.replaceAll('{', '\uFF5B').replaceAll('|', '\uFF5C').replaceAll('}', '\uFF5D');
