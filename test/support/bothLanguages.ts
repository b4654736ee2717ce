import { loadMessages } from '../../dashboard/locales/words.ts';

/** In a browser a language comes when it is spoken; tests speak both at any time. */
await Promise.all([loadMessages('zh-CN', 'later'), loadMessages('en', 'later')]);
