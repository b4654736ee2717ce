import { ApiProblem } from '../../composables/client.ts';
import { signIn } from '../../composables/session.ts';

/** The token of a sign-in link, of its fragment, or the token itself. */
export const tokenOf = (text: string): string =>
  (/(?:^|#|&)token=([^&]+)/.exec(text)?.[1] ?? (text.startsWith('#') ? '' : text)).trim();

/** Signs in; what is refused is told apart from what failed. */
export async function enter(token: string): Promise<'entered' | 'refused' | unknown> {
  try {
    return (await signIn(token)) ? 'entered' : 'refused';
  } catch (error) {
    return error instanceof ApiProblem && error.status === 401 ? 'refused' : error;
  }
}
