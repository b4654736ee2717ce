/** A sentence for each fault of a parsed lock file. */
export function faultsOf(lock: { packages: Record<string, object> }): string[];
