/** A process has room for one product: chDB has one folder open. Who keeps one beyond its file says here how it goes. */
let leave: (() => Promise<void>) | undefined;

export const stayUntilAsked = (how: () => Promise<void>): void => {
  leave = how;
};

/** Whoever is kept goes; before another product is started, and before a file that may open parts of one. */
export async function makeRoom(): Promise<void> {
  const how = leave;
  leave = undefined;
  await how?.();
}

/** Whoever is kept is taken over, and stays for whoever took it. */
export const takeOver = (): void => {
  leave = undefined;
};
