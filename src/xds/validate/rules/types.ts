/**
 * The rules of validate/validate.proto (protoc-gen-validate) as they are given for a field: what is absent is no rule.
 * Durations and timestamps are nanoseconds.
 */
export interface FieldRules extends ValueRules {
  readonly message?: { readonly skip?: boolean; readonly required?: boolean };
  readonly repeated?: RepeatedRules;
  readonly map?: MapRules;
  readonly any?: AnyRules;
  readonly duration?: TimeRules;
  readonly timestamp?: TimeRules;
}

/** Rules on one value; at most one is there, and it is of the field's type. */
export interface ValueRules {
  readonly float?: NumberRules<number>;
  readonly double?: NumberRules<number>;
  readonly int32?: NumberRules<number>;
  readonly sint32?: NumberRules<number>;
  readonly uint32?: NumberRules<number>;
  readonly fixed32?: NumberRules<number>;
  readonly sfixed32?: NumberRules<number>;
  readonly int64?: NumberRules<bigint>;
  readonly sint64?: NumberRules<bigint>;
  readonly uint64?: NumberRules<bigint>;
  readonly fixed64?: NumberRules<bigint>;
  readonly sfixed64?: NumberRules<bigint>;
  readonly bool?: { readonly const?: boolean };
  readonly string?: StringRules;
  readonly bytes?: BytesRules;
  readonly enum?: EnumRules;
}

export interface RangeRules<T> {
  readonly lt?: T;
  readonly lte?: T;
  readonly gt?: T;
  readonly gte?: T;
}

export interface ListRules<T> {
  readonly const?: T;
  readonly in?: readonly T[];
  readonly notIn?: readonly T[];
}

export interface NumberRules<T> extends RangeRules<T>, ListRules<T> {
  readonly ignoreEmpty?: boolean;
}

export interface TimeRules extends RangeRules<bigint>, ListRules<bigint> {
  readonly required?: boolean;
}

export interface EnumRules extends ListRules<number> {
  readonly definedOnly?: boolean;
}

export interface StringRules extends ListRules<string> {
  readonly len?: bigint;
  readonly minLen?: bigint;
  readonly maxLen?: bigint;
  readonly lenBytes?: bigint;
  readonly minBytes?: bigint;
  readonly maxBytes?: bigint;
  readonly pattern?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly contains?: string;
  readonly notContains?: string;
  readonly hostname?: boolean;
  readonly ip?: boolean;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly uri?: boolean;
  readonly uriRef?: boolean;
  readonly address?: boolean;
  readonly uuid?: boolean;
  readonly wellKnownRegex?: number;
  /** Absent means true. */
  readonly strict?: boolean;
  readonly ignoreEmpty?: boolean;
}

export interface BytesRules extends ListRules<Uint8Array> {
  readonly len?: bigint;
  readonly minLen?: bigint;
  readonly maxLen?: bigint;
  readonly prefix?: Uint8Array;
  readonly suffix?: Uint8Array;
  readonly contains?: Uint8Array;
  readonly ip?: boolean;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly ignoreEmpty?: boolean;
}

export interface RepeatedRules {
  readonly minItems?: bigint;
  readonly maxItems?: bigint;
  readonly unique?: boolean;
  readonly items?: FieldRules;
  readonly ignoreEmpty?: boolean;
}

export interface MapRules {
  readonly minPairs?: bigint;
  readonly maxPairs?: bigint;
  readonly keys?: FieldRules;
  readonly values?: FieldRules;
  readonly ignoreEmpty?: boolean;
}

export interface AnyRules {
  readonly required?: boolean;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}
