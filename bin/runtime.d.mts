export const FLAGS: readonly string[];
export const ENVIRONMENT: Readonly<Record<string, string>>;
export function isSupported(version: string): boolean;
export function runtimePath(): string;
export function refuseOldRuntime(): void;
export function keepCompiled(): void;
