/** An error's text. A host name with several addresses fails with an error for each, and no text of its own. */
export function explain(error: unknown): string {
  const { message, errors } = error as { message?: string; errors?: unknown[] };
  if (message) return message;
  return errors ? [...new Set(errors.map((each) => explain(each)))].join(', ') : String(error);
}
