import type { Browser, Page } from 'playwright-core';
import { newcomer } from '../dashboard.ts';
import { atLeast, atMost, type BenchRow } from '../rows.ts';
import { type Server, YEAR } from '../server.ts';
import { untilIdle } from './idle.ts';
import { inPage, untilShown, whileScrolled } from './inPage.ts';

/** What a person does on any page, each until the picture that shows it. */

export const STEPS = 8;
const SCROLL_PX = 240;
const SCROLL_MS = 2_000;

export const seen = (path: string): string => `${path}?year=${YEAR}&basis=year`;
export const limit = (name: string, ours: number, unit: string, peer: number): BenchRow =>
  atMost({ name, ours, unit, peerName: 'limit', peer }, 1);

export type Frames = { frames: number; longest: number };

/** As many pictures a second as a page has in which there is nothing. */
export const smooth = (name: string, { frames }: Frames, idle: Frames): BenchRow =>
  atLeast(
    { name, ours: frames, unit: 'a second', peerName: 'of a page that is empty', peer: idle.frames },
    0.95,
  );

/** A page in a browser that was never here, with all its answers there. */
export async function opened(browser: Browser, server: Server, path: string): Promise<Page> {
  const context = await newcomer(browser, server);
  await context.addInitScript(inPage);
  const page = await context.newPage();
  await untilIdle(page, () => page.goto(seen(path), { waitUntil: 'commit' }));
  return page;
}

export async function manyTimes(steps: number, act: (step: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let step = 0; step < steps; step++) times.push(await act(step));
  return times;
}

/** Types a number that is part of a name, sign by sign, and empties the field. */
export async function filtering(page: Page): Promise<number[]> {
  const field = page.locator('.toolbar input[type=search]');
  await field.focus();
  const times: number[] = [];
  for (const sign of '4321') times.push(await untilShown(page, 'input', () => page.keyboard.press(sign)));
  times.push(await untilShown(page, 'input', () => field.fill('')));
  return times;
}

export async function scrolling(page: Page): Promise<Frames> {
  const between = await whileScrolled(page, SCROLL_PX, SCROLL_MS);
  const sum = between.reduce((all, one) => all + one, 0);
  return { frames: (1_000 * between.length) / sum, longest: Math.max(...between) };
}

export const told = (times: readonly number[]): string => `${times.map(Math.round).join(', ')} ms`;
