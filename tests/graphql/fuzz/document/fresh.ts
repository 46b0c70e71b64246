import { Decimal } from '../data/decimal';
import type { Json } from '../data/json';
import { SMALL } from '../data/domain';
import type { TypeName } from '../data/types';
import type { Draw } from '../draw';

/** A value that the generated rows do not have, and that is seldom drawn twice. */
export function freshValue(draw: Draw, type: TypeName): Json {
  const number = draw.int(100, 400);
  switch (type) {
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float4':
    case 'float8':
      return Decimal.of(number);
    case 'text':
    case 'varchar':
      return `new '${number}\\`;
    case 'uuid':
      return `00000000-0000-4000-8000-000000000${number}`;
    case 'date':
      return new Date(number * 86_400_000).toISOString().slice(0, 10);
    case 'timestamp':
    case 'timestamptz':
    case 'bool':
    case 'jsonb':
    case 'text[]':
    case 'int4[]':
    case 'enum':
      return SMALL.value(draw, type);
  }
}
