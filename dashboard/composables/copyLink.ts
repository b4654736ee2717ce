import { copyText } from './files.ts';
import { useNotice } from './notices.ts';
import { useWords } from './useWords.ts';

/** Copies the address of the view as it is; where the browser refuses, it is shown, to be copied by hand. */
export function useCopyLink(): () => Promise<void> {
  const words = useWords();
  const { tell } = useNotice();
  return async () => {
    const address = location.href;
    if (await copyText(address)) tell(words.value.say('app.linkCopied'));
    else tell(words.value.say('app.linkShown', { address }), { alarm: true });
  };
}
