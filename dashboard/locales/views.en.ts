import type { viewsZhCN } from './views.zh-CN.ts';

/** Words of the views that people keep under names, in English. */
export const viewsEn: typeof viewsZhCN = {
  save: 'Save view',
  title: 'My views',
  name: 'Name',
  opens: 'Open it first after signing in',
  first: 'Opens first after signing in',
  usual: 'The usual first page',
  moves: 'No fixed day: it shows the day on which it is opened.',
  fixed: 'Fixed at {days}: it will show the same when it is opened later.',
  keep: 'Save',
  replace: 'Replace “{name}” with this page',
  kept: 'Saved as “{name}”: Ctrl K and the account menu have it.',
  already: 'This page is saved as “{name}”.',
  manage: 'Rename, reorder, delete',
  none: 'No view is saved yet. Press “Save view” on any page to come back to it in one step.',
  meaning:
    'A page with its filters, kept under a name in your account, on every computer; nobody else sees it. At most {most}.',
  noAccount:
    'You have no account of your own: views belong to this token or link, and are gone once it is no longer valid.',
  rename: 'Name of “{name}”',
  up: 'Move “{name}” up',
  down: 'Move “{name}” down',
  drop: 'Delete “{name}”',
  dropped: '“{name}” is deleted.',
  full: '{most} ⟨view is/views are⟩ saved already: delete one first.',
  failed: 'Nothing was saved. Try again later.',
  gone: 'This page is not open to you now.',
};
