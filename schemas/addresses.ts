import { z } from 'zod';

/** Where a relative address is read from; a host that is nobody's. */
const HERE = 'http://here.invalid';
const CONTROL = /\p{Cc}/u;
/** Addresses that carry a secret, or are no page. */
const NO_VIEW = /^\/(?:api|sign-in|news\/confirm|news\/stop)(?:[/?#]|$)/i;

/**
 * True for the address of a page of this product, from the root of its host: browsers read `//host`, `/\host` and whatever
 * hides a control character as another host's. What is read and written again stays as it was, so that nothing is left to
 * be read in two ways.
 */
function isInProduct(address: string): boolean {
  if (!address.startsWith('/') || address.includes('\\') || CONTROL.test(address)) return false;
  if (!URL.canParse(address, HERE)) return false;
  const { origin, pathname, search, hash } = new URL(address, HERE);
  return origin === HERE && `${pathname}${search}${hash}` === address && !NO_VIEW.test(address);
}

/** A page's address, as the browser writes it: with its filters, without a host. */
export const savedAddress = z.string().min(1).max(2_000).refine(isInProduct, {
  error: 'must be the address of a page of this product, from the first slash on, as the browser writes it',
});
