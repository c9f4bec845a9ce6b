/**
 * Array parameters in Postgres' binary wire format (array_send/array_recv). node-postgres sends a Buffer as a binary
 * parameter, so `unnest($1::text[])` reads it directly: nothing is quoted, and hex does not double the bytes.
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
/** An empty array has no dimension, so no length and lower bound. */
const EMPTY_BYTES = 12;
/** UTF-8 of one UTF-16 code unit; two surrogates together take four bytes. */
const MAX_BYTES_PER_UNIT = 3;
const POSTGRES_EPOCH_MILLISECONDS = Date.UTC(2000, 0, 1);
const DAY_MILLISECONDS = 86_400_000;

/** @returns where the values begin */
function writeHeader(into: Buffer, oid: number, values: readonly unknown[]): number {
  const isEmpty = values.length === 0;
  into.writeInt32BE(isEmpty ? 0 : 1, 0);
  into.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  into.writeUInt32BE(oid, 8);
  if (isEmpty) return EMPTY_BYTES;
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16);
  return HEADER_BYTES;
}

/** Writes arrays of a type whose values have known sizes. */
function arraysOf<T>(
  oid: number,
  sizeOf: number | ((value: T) => number),
  write: (into: Buffer, value: T, at: number) => void,
) {
  return (values: readonly (T | null)[]): Buffer => {
    const sizeIn = (value: T) => (typeof sizeOf === 'number' ? sizeOf : sizeOf(value));
    let total = values.length === 0 ? EMPTY_BYTES : HEADER_BYTES + 4 * values.length;
    for (const value of values) if (value !== null) total += sizeIn(value);
    const into = Buffer.allocUnsafe(total);
    let at = writeHeader(into, oid, values);
    for (const value of values) {
      const size = value === null ? -1 : sizeIn(value);
      into.writeInt32BE(size, at);
      at += 4;
      if (value === null) continue;
      write(into, value, at);
      at += size;
    }
    return into;
  };
}

/** `text[]`. The texts must not hold U+0000; lone surrogates become U+FFFD. */
export function textArray(values: readonly (string | null)[]): Buffer {
  let room = HEADER_BYTES + 4 * values.length;
  for (const value of values) if (value !== null) room += MAX_BYTES_PER_UNIT * value.length;
  const into = Buffer.allocUnsafe(room);
  let at = writeHeader(into, OID.text, values);
  for (const value of values) {
    // there is room for the worst case: measuring a text costs as much as writing it
    const size = value === null ? -1 : into.write(value, at + 4, 'utf8');
    into.writeInt32BE(size, at);
    at += 4 + Math.max(size, 0);
  }
  return into.subarray(0, at);
}

/** `int4[]`. @throws RangeError beyond 32 bits. */
export const int4Array = arraysOf<number>(OID.int4, 4, (into, value, at) => into.writeInt32BE(value, at));

/** `int8[]`. @throws RangeError beyond 64 bits. */
export const int8Array = arraysOf<bigint>(OID.int8, 8, (into, value, at) => into.writeBigInt64BE(value, at));

/** `boolean[]`. */
export const booleanArray = arraysOf<boolean>(OID.bool, 1, (into, value, at) =>
  into.writeUInt8(value ? 1 : 0, at),
);

/** `bytea[]`. */
export const byteaArray = arraysOf<Buffer>(
  OID.bytea,
  (value) => value.length,
  (into, value, at) => value.copy(into, at),
);

/** `bytea[]` from hex digits, without a Buffer for each. */
export const hexArray = arraysOf<string>(
  OID.bytea,
  (digits) => digits.length / 2,
  (into, digits, at) => into.write(digits, at, 'hex'),
);

/** `timestamptz[]`, to the millisecond. @throws RangeError for an invalid Date. */
export const timestamptzArray = arraysOf<Date>(OID.timestamptz, 8, (into, value, at) => {
  const milliseconds = value.getTime() - POSTGRES_EPOCH_MILLISECONDS;
  const micros = milliseconds * 1000;
  // a BigInt would be garbage to collect, and is only needed three centuries away from the year 2000
  if (!Number.isSafeInteger(micros)) {
    into.writeBigInt64BE(BigInt(milliseconds) * 1000n, at);
  } else {
    into.writeInt32BE(Math.floor(micros / 2 ** 32), at);
    into.writeUInt32BE(micros >>> 0, at + 4);
  }
});

/** `uuid[]` from the usual text form. @throws RangeError for anything else. */
export const uuidArray = arraysOf<string>(OID.uuid, 16, (into, value, at) => {
  const digits = value.replaceAll('-', '');
  if (digits.length !== 32 || into.write(digits, at, 'hex') !== 16) throw new RangeError('not a UUID');
});

/** `date[]` from `YYYY-MM-DD`. @throws RangeError for a day that does not exist. */
export const dateArray = arraysOf<string>(OID.date, 4, (into, value, at) => {
  // a date without a time is UTC (ECMA-262, 21.4.1.32); Date turns a missing 29th of February into the first of March
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : NaN;
  if (new Date(time).getUTCDate() !== Number(value.slice(8)))
    throw new RangeError('not a date of the form YYYY-MM-DD');
  into.writeInt32BE((time - POSTGRES_EPOCH_MILLISECONDS) / DAY_MILLISECONDS, at);
});
