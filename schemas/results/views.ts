import { z } from 'zod';
import { savedAddress } from '#schemas/addresses.ts';
import { words } from '#schemas/ids.ts';

/** Views that one person keeps at most. */
export const MOST_VIEWS = 50;
export const MOST_VIEW_NAME = 60;

const viewId = z.string().regex(/^[0-9a-f]{16}$/, { error: 'must be the id of a view' });

export const viewPath = z.strictObject({ id: viewId });

/** What a person calls a view, and where it is. */
export const viewRequest = z.strictObject({ name: words(MOST_VIEW_NAME), address: savedAddress });
export type ViewRequest = z.infer<typeof viewRequest>;

export const savedView = z.strictObject({ id: viewId, ...viewRequest.shape });
export type SavedView = z.infer<typeof savedView>;

/** `order`: all of one's views by their ids, in the order wanted; `opens`: the one that opens after signing in. */
export const viewArrangement = z.strictObject({
  order: z.array(viewId).max(MOST_VIEWS),
  opens: viewId.nullable(),
});
export type ViewArrangement = z.infer<typeof viewArrangement>;

/** In the order that their owner gave them. */
export const viewList = z.strictObject({
  views: z.array(savedView).max(MOST_VIEWS),
  opens: viewId.nullable(),
});
export type ViewList = z.infer<typeof viewList>;
