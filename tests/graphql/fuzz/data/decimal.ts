/** An exact number with Postgres' scale: `1.50` has two digits after the point. Integers have none. */
export class Decimal {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
  ) {}

  /** Reads what Postgres' numeric and JSON read: digits, a point, an exponent. */
  static parse(text: string): Decimal {
    const [, sign, whole = '', fraction = '', exponent = '0'] =
      /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?\s*$/.exec(text) ?? [];
    if (sign === undefined || whole + fraction === '') throw new Error(`${JSON.stringify(text)} is no number`);
    const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
    const scale = fraction.length - Number(exponent);
    return scale >= 0 ? new Decimal(digits, scale) : new Decimal(digits * 10n ** BigInt(-scale), 0);
  }

  static of(value: number | bigint): Decimal {
    return new Decimal(BigInt(value), 0);
  }

  /** As numerator over a power of ten. */
  at(scale: number): bigint {
    return this.unscaled * 10n ** BigInt(scale - this.scale);
  }

  add(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.at(scale) + other.at(scale), scale);
  }

  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const [own, others] = [this.at(scale), other.at(scale)];
    return own < others ? -1 : own > others ? 1 : 0;
  }

  /** The same number without zeros at its end. */
  get shortest(): Decimal {
    const [, kept = '', zeros = ''] = /^(-?\d+?)(0*)$/.exec(this.unscaled.toString()) ?? [];
    const scale = Math.max(this.scale - zeros.length, 0);
    return kept === '' ? this : new Decimal(this.unscaled / 10n ** BigInt(this.scale - scale), scale);
  }

  toNumber(): number {
    return Number(this.toString());
  }

  toString(): string {
    const digits = (this.unscaled < 0n ? -this.unscaled : this.unscaled).toString().padStart(this.scale + 1, '0');
    const cut = digits.length - this.scale;
    const text = this.scale === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
    return this.unscaled < 0n ? `-${text}` : text;
  }
}
