import { readonly, ref } from 'vue';

const now = ref(false);
addEventListener('beforeprint', () => {
  now.value = true;
});
addEventListener('afterprint', () => {
  now.value = false;
});

/** The page is being put on paper: what follows is drawn before the browser looks at it. */
export const printing = readonly(now);
