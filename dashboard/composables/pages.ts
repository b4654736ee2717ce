import { computed } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { useSession } from './session.ts';
import { useFilters } from './useFilters.ts';
import { useWords } from './useWords.ts';

/** A page that somebody may open, as header, menu and finder name it. */
export type Page = { id: string; to: RouteLocationRaw; label: string };

/**
 * The pages that are open to who is signed in. A unit comes for its desk and its own page first; the others for all
 * units. `main` stand in the header, `further` in the account's menu.
 */
export function usePages() {
  const words = useWords();
  const { link } = useFilters();
  const { seesAll, ownUnit, isOrganisation, isReviewer } = useSession();
  const mayDecide = computed(() => isOrganisation.value || isReviewer.value);

  const main = computed((): Page[] => {
    const { say } = words.value;
    const page = (id: string, label: string, to: RouteLocationRaw = link(id)): Page => ({ id, to, label });
    const own = ownUnit.value;
    const onlyOwn = own !== null && !seesAll.value;
    return [
      ...(seesAll.value ? [page('overview', say('overview.title'))] : []),
      ...(own ? [page('desk', say('nav.desk'), { name: 'desk' })] : []),
      ...(own ? [page('unit', say('nav.unit'), link('unit', { unit: own }))] : []),
      ...(mayDecide.value ? [page('inbox', say('nav.inbox'))] : []),
      page('ranking', say('nav.ranking')),
      ...(onlyOwn ? [page('own-inspection', say('selfInspection.title'))] : []),
      ...(onlyOwn ? [page('calendar', say('calendar.title'))] : []),
      ...(seesAll.value
        ? [
            page('gaps', say('nav.gaps')),
            page('calendar', say('calendar.title')),
            page('self-inspection', say('selfInspection.title')),
            page('compare', say('nav.compare')),
            page('meeting', say('nav.meeting')),
          ]
        : []),
      page('plan', say('nav.plan')),
      ...(onlyOwn ? [page('freeze', say('nav.freeze'))] : []),
    ];
  });

  const further = computed((): Page[] => {
    const { say } = words.value;
    const mayImport = ownUnit.value !== null || isOrganisation.value;
    return [
      ...(mayImport ? [{ id: 'import', to: { name: 'import' }, label: say('imports.title') }] : []),
      { id: 'account', to: { name: 'account' }, label: say('account.title') },
      { id: 'notes', to: link('notes'), label: say('notes.title') },
      ...(seesAll.value
        ? [
            { id: 'trends', to: link('trends'), label: say('trends.title') },
            { id: 'wall', to: link('wall'), label: say('wall.title') },
          ]
        : []),
      ...(isOrganisation.value
        ? [
            { id: 'units', to: link('units'), label: say('units.title') },
            { id: 'targets', to: link('targets'), label: say('targets.title') },
            { id: 'access', to: { name: 'access' }, label: say('access.title') },
            { id: 'audit', to: { name: 'audit' }, label: say('audit.title') },
          ]
        : []),
    ];
  });

  /** Pages that others lead to: found by their names, too. */
  const inner = computed((): Page[] => {
    const { say } = words.value;
    const page = (id: string, label: string): Page => ({ id, to: link(id), label });
    return seesAll.value
      ? [
          page('commendation', say('commendation.title')),
          page('teaching', say('teaching.title')),
          page('year-on-year', say('yearOnYear.title')),
          page('slides', say('slides.title')),
          page('freeze', say('meeting.toFreeze')),
        ]
      : [];
  });

  return { main, further, inner, mayDecide };
}
