/**
 * Array parameters in Postgres' binary wire format (array_send/array_recv). node-postgres sends a Buffer as a binary
 * parameter, so `unnest($1::text[])` reads it as it is: nothing is quoted, and bytes are not doubled as hex.
 */
const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int4: 23,
  text: 25,
  date: 1082,
  timestamptz: 1184,
  uuid: 2950,
} as const;

const HEADER_BYTES = 20;
const POSTGRES_EPOCH_MILLISECONDS = Date.UTC(2000, 0, 1);
const DAY_MILLISECONDS = 86_400_000;

/** One array under construction: sizes are known before the one allocation. */
function arrayOf<T>(
  oid: number,
  values: readonly (T | null)[],
  sizeOf: (value: T) => number,
  write: (into: Buffer, value: T, at: number) => void,
): Buffer {
  let total = HEADER_BYTES + 4 * values.length;
  let hasNull = 0;
  for (const value of values) {
    if (value === null) hasNull = 1;
    else total += sizeOf(value);
  }
  if (values.length === 0) total = 12; // no dimension, so no length and lower bound
  const into = Buffer.allocUnsafe(total);
  into.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  into.writeInt32BE(hasNull, 4);
  into.writeUInt32BE(oid, 8);
  if (values.length === 0) return into;
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16);
  let at = HEADER_BYTES;
  for (const value of values) {
    const size = value === null ? -1 : sizeOf(value);
    into.writeInt32BE(size, at);
    at += 4;
    if (value === null) continue;
    write(into, value, at);
    at += size;
  }
  return into;
}

/** `text[]`. The texts must not hold U+0000; lone surrogates become U+FFFD. */
export function textArray(values: readonly (string | null)[]): Buffer {
  return arrayOf<string>(
    OID.text,
    values,
    (value) => Buffer.byteLength(value),
    (into, value, at) => into.write(value, at, 'utf8'),
  );
}

/** `int4[]`. @throws RangeError beyond 32 bits. */
export function int4Array(values: readonly (number | null)[]): Buffer {
  return arrayOf<number>(
    OID.int4,
    values,
    () => 4,
    (into, value, at) => into.writeInt32BE(value, at),
  );
}

/** `int8[]`. @throws RangeError beyond 64 bits. */
export function int8Array(values: readonly (bigint | null)[]): Buffer {
  return arrayOf<bigint>(
    OID.int8,
    values,
    () => 8,
    (into, value, at) => into.writeBigInt64BE(value, at),
  );
}

/** `boolean[]`. */
export function booleanArray(values: readonly (boolean | null)[]): Buffer {
  return arrayOf<boolean>(
    OID.bool,
    values,
    () => 1,
    (into, value, at) => into.writeUInt8(value ? 1 : 0, at),
  );
}

/** `bytea[]`. */
export function byteaArray(values: readonly (Buffer | null)[]): Buffer {
  return arrayOf<Buffer>(
    OID.bytea,
    values,
    (value) => value.length,
    (into, value, at) => value.copy(into, at),
  );
}

/** `timestamptz[]`, to the millisecond. @throws RangeError for an invalid Date. */
export function timestamptzArray(values: readonly (Date | null)[]): Buffer {
  return arrayOf<Date>(
    OID.timestamptz,
    values,
    () => 8,
    (into, value, at) => {
      into.writeBigInt64BE(BigInt(value.getTime() - POSTGRES_EPOCH_MILLISECONDS) * 1000n, at);
    },
  );
}

/** `uuid[]` from the usual text form. @throws RangeError for anything else. */
export function uuidArray(values: readonly (string | null)[]): Buffer {
  return arrayOf<string>(
    OID.uuid,
    values,
    () => 16,
    (into, value, at) => {
      const digits = value.replaceAll('-', '');
      if (digits.length !== 32 || into.write(digits, at, 'hex') !== 16) throw new RangeError('not a UUID');
    },
  );
}

/** `date[]` from `YYYY-MM-DD`. @throws RangeError for a day that does not exist. */
export function dateArray(values: readonly (string | null)[]): Buffer {
  return arrayOf<string>(
    OID.date,
    values,
    () => 4,
    (into, value, at) => {
      const time = Date.parse(`${value}T00:00:00Z`);
      if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || new Date(time || 0).toISOString().slice(0, 10) !== value)
        throw new RangeError('not a date of the form YYYY-MM-DD');
      into.writeInt32BE((time - POSTGRES_EPOCH_MILLISECONDS) / DAY_MILLISECONDS, at);
    },
  );
}
