import { onScopeDispose, type Ref, ref } from 'vue';
import { onBeforeRouteLeave, type RouteLocationNormalized, useRouter } from 'vue-router';

/**
 * Whether somebody is on the way from this page to another one, whose file and answers may still be to come. False
 * again where that page could not be opened.
 */
export function useLeaving(): Readonly<Ref<boolean>> {
  const router = useRouter();
  const leaving = ref(false);
  let target: string | undefined;
  onBeforeRouteLeave((to) => {
    target = to.fullPath;
    leaving.value = true;
  });
  // What was left for yet another page fails, too; only the last one counts.
  const stayed = ({ fullPath }: RouteLocationNormalized): void => {
    if (fullPath === target) leaving.value = false;
  };
  const stops = [
    router.afterEach((to, _from, failure) => {
      if (failure) stayed(to);
    }),
    router.onError((_error, to) => stayed(to)),
  ];
  onScopeDispose(() => {
    for (const stop of stops) stop();
  });
  return leaving;
}
