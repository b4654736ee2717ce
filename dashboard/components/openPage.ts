/**
 * Which of the header's addresses the page that is open belongs to: a page's own pages lie below it, and of two that
 * lie above each other (`/desk`, `/desk/self-inspection`) only the nearer one is open.
 */
export const openAmong = (addresses: readonly string[], open: string): string | undefined =>
  addresses
    .filter((address) => open === address || open.startsWith(`${address}/`))
    .toSorted((a, b) => b.length - a.length)[0];
