/** The first field of an answer alone, where the operation has further ones that the caller did not ask for. */
export function onlyFirstRoot(body: string): string {
  const [root, result] = Object.entries((JSON.parse(body) as { data: Record<string, unknown> }).data)[0] ?? [];
  return JSON.stringify({ data: { [root ?? '']: result } });
}

/** `affected_rows` of a mutation's first field. */
export function affectedRows(body: string): number {
  const [result] = Object.values((JSON.parse(body) as { data: Record<string, { affected_rows: number }> }).data);
  return result?.affected_rows ?? 0;
}
