import { ref } from 'vue';

/** What the page that is open is about, as its breadcrumb ends; empty where that is the page's own name. */
export const heading = ref('');
