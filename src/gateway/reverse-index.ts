/** Which owners (ids) a row is part of; a row is named `<table>:<id>`. */
export class ReverseIndex {
  private readonly owners = new Map<string, Set<number>>();
  private readonly rows = new Map<number, readonly string[]>();

  /** The rows that an owner is now made of; none removes it. */
  set(owner: number, rows: readonly string[]): void {
    for (const row of this.rows.get(owner) ?? []) {
      const others = this.owners.get(row);
      others?.delete(owner);
      if (others?.size === 0) this.owners.delete(row);
    }
    if (rows.length === 0) this.rows.delete(owner);
    else this.rows.set(owner, rows);
    for (const row of rows) {
      const owners = this.owners.get(row);
      if (owners) owners.add(owner);
      else this.owners.set(row, new Set([owner]));
    }
  }

  ownersOf(row: string): Iterable<number> {
    return this.owners.get(row) ?? [];
  }
}
