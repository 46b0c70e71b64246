/** What a check says: the value, normalised, or one message of what is wrong and where. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export function valid<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function invalid(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
