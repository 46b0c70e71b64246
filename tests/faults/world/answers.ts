export function hostOf(key: string): string {
  return `${key}.test`;
}

/** A redirect whose path tells key and number. */
export function answerConfig(key: string, number: number): string {
  return JSON.stringify({ path_redirect: `/${key}/${number}`, response_code: 302 });
}

/** The number in such a path or configuration. */
export function numberIn(text: string): number | undefined {
  const found = /\/k\d+\/(\d+)/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
