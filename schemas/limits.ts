/** How large a single event may be, the same at every door and in the stream. docs/limits.md shows what each rests on. */

/** The whole envelope as JSON in UTF-8, without `recordedtime`, which is the server's to add. */
export const ENVELOPE_BYTES = 1_000_000;

/** Attributes that the CloudEvents specification does not name. */
export const EXTENSIONS = 20;
export const EXTENSION_NAME = 64;
export const EXTENSION_LETTERS = 1_000;

export const TIME_LETTERS = 40;
export const CONTENT_TYPE_LETTERS = 100;

/** Faults of one event that are told one by one. */
export const FAULTS_TOLD = 20;
