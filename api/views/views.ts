import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '#api/http/problem.ts';
import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import {
  MOST_VIEWS,
  type SavedView,
  type ViewArrangement,
  type ViewList,
  type ViewRequest,
  viewList,
} from '#schemas/results/views.ts';

/**
 * The views that people keep under names, a file a person below the data folder. `owner` is the account, or the token of
 * somebody without one. Every method reads and writes the owner's file alone, so that another's id is never found.
 * Those that write resolve once it is on disk, and throw a `Problem` where there is no such view.
 */
export type Views = {
  list(owner: string): Promise<ViewList>;
  /** Throws a `Problem` where there are as many as may be. */
  add(owner: string, request: ViewRequest): Promise<{ view: SavedView; list: ViewList }>;
  change(owner: string, id: string, request: ViewRequest): Promise<ViewList>;
  /** Views that the arrangement leaves out, as another window has added them, stay behind those that it names. */
  arrange(owner: string, arrangement: ViewArrangement): Promise<ViewList>;
  drop(owner: string, id: string): Promise<ViewList>;
};

const NONE: ViewList = { views: [], opens: null };

const absent = (id: string): Problem => new Problem('not-found', `You keep no view ${id}.`);

const indexed = ({ views }: ViewList, id: string): number => {
  const at = views.findIndex((view) => view.id === id);
  if (at < 0) throw absent(id);
  return at;
};

function arranged(before: ViewList, { order, opens }: ViewArrangement): ViewList {
  const wanted = [...new Set(order)].map((id) => before.views[indexed(before, id)] as SavedView);
  if (opens !== null) indexed(before, opens);
  return { views: [...wanted, ...before.views.filter(({ id }) => !order.includes(id))], opens };
}

export function createViews(folder: string): Views {
  const pathOf = (owner: string): string =>
    join(folder, `${createHash('sha256').update(owner).digest('hex')}.json`);
  /** So that nobody's is lost between a look and a write. */
  const inOrder = oneAfterAnother();

  async function list(owner: string): Promise<ViewList> {
    const text = await readFile(pathOf(owner), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? NONE : viewList.parse(JSON.parse(text));
  }

  async function write(owner: string, next: ViewList): Promise<ViewList> {
    const path = pathOf(owner);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, JSON.stringify(next), { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
    return next;
  }

  const change = (owner: string, to: (before: ViewList) => ViewList): Promise<ViewList> =>
    inOrder(async () => write(owner, to(await list(owner))));

  return {
    list,
    async add(owner, request) {
      const view: SavedView = { id: randomBytes(8).toString('hex'), ...request };
      const next = await change(owner, (before) => {
        if (before.views.length >= MOST_VIEWS)
          throw new Problem('conflict', `${MOST_VIEWS} views are kept already: delete one first.`);
        return { ...before, views: [...before.views, view] };
      });
      return { view, list: next };
    },
    change: (owner, id, request) =>
      change(owner, (before) => ({
        ...before,
        views: before.views.with(indexed(before, id), { id, ...request }),
      })),
    arrange: (owner, arrangement) => change(owner, (before) => arranged(before, arrangement)),
    drop: (owner, id) =>
      change(owner, (before) => ({
        views: before.views.toSpliced(indexed(before, id), 1),
        opens: before.opens === id ? null : before.opens,
      })),
  };
}
