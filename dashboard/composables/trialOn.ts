import { ref } from 'vue';

/** Whether the ranking that is open tries other weights: then it is compared with the plan's, and not with another time. */
export const trialOn = ref(false);
