import { type Table, tableFromIPC } from 'apache-arrow';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { readParquet } from 'parquet-wasm/node';
import readWorkbook, { readSheet } from 'read-excel-file/node';
import type { ApplicantColumn, Cell } from '../applicants/columns.types.js';
import type { ExportFormat } from './exports.types.js';
import { FORMATS } from './formats.js';
import { encodeXlsx } from './xlsx.js';

const COLUMNS: ApplicantColumn[] = [
  'applicantId',
  'status',
  'phoneNumbers',
  'firstName',
  'derivedBirthDate',
  'extras',
  'firstReceivedAt',
];
const AT = '2026-11-23T08:00:00.123Z';
const MONA: Cell[] = ['29703012357788', 4, ['+201068282888', '01'], 'منى «أحمد»', '1997-03-01', { a: 1 }, AT];
const NOBODY: Cell[] = ['A-2', null, [], null, null, null, AT];

async function* inBatches(rows: Cell[][], size = 2): AsyncGenerator<Cell[][]> {
  for (let at = 0; at < rows.length; at += size) yield Promise.resolve(rows.slice(at, at + size));
}

async function written(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const encoded = (format: ExportFormat, rows: Cell[][], columns = COLUMNS) =>
  written(FORMATS[format].encode(columns, inBatches(rows)));

/** The cells of one column that a spreadsheet would see in a CSV file. */
async function csvCells(...cells: Cell[]): Promise<unknown[]> {
  const file = await encoded(
    'csv',
    cells.map((cell) => [cell]),
    ['address'],
  );
  const { data, errors } = Papa.parse<string[]>(file.toString('utf8').slice(1), { skipEmptyLines: false });
  expect(errors.filter(({ code }) => code !== 'UndetectableDelimiter')).toEqual([]);
  return data.slice(1, -1).map(([cell]) => cell);
}

describe('CSV', () => {
  it('is UTF-8 with a byte order mark, lines end with CR LF, and a CSV reader finds every value', async () => {
    const file = await encoded('csv', [MONA, NOBODY]);
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = file.toString('utf8').slice(1);
    expect(text.split('\r\n')).toHaveLength(4);
    expect(Papa.parse(text, { header: true, skipEmptyLines: true }).data).toEqual([
      {
        applicantId: '29703012357788',
        status: '4',
        phoneNumbers: "'+201068282888|01",
        firstName: 'منى «أحمد»',
        derivedBirthDate: '1997-03-01',
        extras: '{"a":1}',
        firstReceivedAt: AT,
      },
      {
        applicantId: 'A-2',
        status: '',
        phoneNumbers: '',
        firstName: '',
        derivedBirthDate: '',
        extras: '',
        firstReceivedAt: AT,
      },
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1+1'])(
    'a cell %j is no formula',
    async (cell) => {
      expect(await csvCells(cell)).toEqual([`'${cell}`]);
    },
  );

  it.each(['a,b', 'say "so"', 'two\nlines', 'two\r\nlines', ' blank ', "'quoted"])(
    'a cell %j comes back as it was',
    async (cell) => {
      expect(await csvCells(cell, 'next')).toEqual([cell, 'next']);
    },
  );

  it.each(['a;=1+1', 'a\t=1+1'])(
    'a cell %j stays one where a spreadsheet parts cells by ; or TAB',
    async (cell) => {
      expect((await encoded('csv', [[cell]], ['address'])).toString()).toContain(`"${cell}"`);
    },
  );

  it('without rows it is the names of the columns', async () => {
    expect((await encoded('csv', [], ['applicantId', 'status'])).toString()).toBe(
      '\u{feff}applicantId,status\r\n',
    );
  });
});

describe('NDJSON', () => {
  it('has one object a line, with lists, numbers and objects as such', async () => {
    const lines = (await encoded('ndjson', [MONA, NOBODY])).toString('utf8').trimEnd().split('\n');
    const entries = (row: Cell[]) => Object.fromEntries(COLUMNS.map((column, at) => [column, row[at]]));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([entries(MONA), entries(NOBODY)]);
  });

  it('without rows it is empty', async () => {
    expect(await encoded('ndjson', [])).toHaveLength(0);
  });
});

describe('XLSX', () => {
  const read = (file: Buffer) => readSheet(file, { trim: false });
  const sheetXml = (file: Buffer) => strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml']!);

  it('ids keep all their digits as texts, numbers are numbers', async () => {
    expect(await read(await encoded('xlsx', [MONA, NOBODY]))).toEqual([
      COLUMNS,
      ['29703012357788', 4, '+201068282888|01', 'منى «أحمد»', '1997-03-01', '{"a":1}', AT],
      ['A-2', null, null, null, null, null, AT],
    ]);
  });

  it('has sheets from right to left', async () => {
    expect(sheetXml(await encoded('xlsx', [MONA]))).toContain('rightToLeft="1"');
  });

  it.each(['=1+1', 'a & b < c > d', '  blanks  ', 'two\nlines', '🙂', '"'])(
    'a cell %j comes back as it was',
    async (cell) => {
      expect(await read(await encoded('xlsx', [[cell]], ['address']))).toEqual([['address'], [cell]]);
    },
  );

  it('what XML cannot hold is spelled as Excel spells it', async () => {
    const file = await encoded('xlsx', [['a\u0001b\rc\ud800_x0041_']], ['address']);
    expect(sheetXml(file)).toContain('>a_x0001_b_x000D_c_xD800__x005F_x0041_</t>');
  });

  it('a text is cut where Excel would call the file damaged', async () => {
    const [, row] = await read(await encoded('xlsx', [['x'.repeat(40_000)]], ['address']));
    expect(row?.[0]).toHaveLength(32_767);
  });

  it.each([
    [4, [3, 1]],
    [6, [3, 3]],
    [0, [0]],
  ])('%i rows at most three a sheet go into sheets of %j', async (count, sheets) => {
    const rows = Array.from({ length: count }, (_, at): Cell[] => [`A-${at}`]);
    const file = await written(encodeXlsx(['applicantId'], inBatches(rows), 4));
    const found = (await readWorkbook(file)).map(({ data }) => data.slice(1));
    expect(found.map(({ length }) => length)).toEqual(sheets);
    expect(found.flat()).toEqual(rows);
  });

  it('an error of its source is the error of the file', async () => {
    const broken = async function* (): AsyncGenerator<Cell[][]> {
      yield [['A-1']];
      await Promise.reject(new Error('the database is away'));
    };
    await expect(written(encodeXlsx(['applicantId'], broken()))).rejects.toThrow('the database is away');
  });

  it('who stops reading leaves its source', async () => {
    let left = false;
    const endless = async function* (): AsyncGenerator<Cell[][]> {
      try {
        for (;;) yield Promise.resolve([['A-1']]);
      } finally {
        left = true;
      }
    };
    let bytes = 0;
    for await (const chunk of encodeXlsx(['applicantId'], endless())) {
      bytes += chunk.length;
      if (bytes > 10_000) break;
    }
    expect(left).toBe(true);
  });
});

describe('Parquet', () => {
  const read = (file: Buffer) => tableFromIPC(readParquet(file).intoIPCStream());
  const rowsOf = (table: Table) =>
    table.toArray().map((row: { toJSON(): Record<string, unknown> }) => row.toJSON());

  it('has typed columns, which another reader finds', async () => {
    const table = read(await encoded('parquet', [MONA, NOBODY]));
    expect(table.schema.fields.map(({ name, type }) => [name, String(type)])).toEqual([
      ['applicantId', 'Utf8'],
      ['status', 'Int32'],
      ['phoneNumbers', 'List<Utf8>'],
      ['firstName', 'Utf8'],
      ['derivedBirthDate', 'Date32<DAY>'],
      ['extras', 'Utf8'],
      ['firstReceivedAt', 'Timestamp<MILLISECOND, UTC>'],
    ]);
    const rows = rowsOf(table).map((row) => ({
      ...row,
      phoneNumbers: [...(row.phoneNumbers as Iterable<string>)],
    }));
    expect(rows).toEqual([
      {
        applicantId: '29703012357788',
        status: 4,
        phoneNumbers: ['+201068282888', '01'],
        firstName: 'منى «أحمد»',
        derivedBirthDate: Date.parse('1997-03-01'),
        extras: '{"a":1}',
        firstReceivedAt: Date.parse(AT),
      },
      {
        applicantId: 'A-2',
        status: null,
        phoneNumbers: [],
        firstName: null,
        derivedBirthDate: null,
        extras: null,
        firstReceivedAt: Date.parse(AT),
      },
    ]);
  });

  it('is written in groups of rows, and none is lost between them', async () => {
    const rows = Array.from({ length: 12_001 }, (_, at): Cell[] => [`A-${at}`]);
    const table = read(await written(FORMATS.parquet.encode(['applicantId'], inBatches(rows, 500))));
    expect(table.numRows).toBe(12_001);
    expect(rowsOf(table).map(({ applicantId }) => applicantId)).toEqual(rows.flat());
  });

  it('ends a group early where its texts are long', async () => {
    const rows = Array.from({ length: 20 }, (_, at): Cell[] => [`A-${at}`, { long: 'x'.repeat(4_000_000) }]);
    const groups: number[] = [];
    for await (const bytes of FORMATS.parquet.encode(['applicantId', 'extras'], inBatches(rows))) {
      groups.push(bytes.length);
    }
    // a chunk for each group of four, and one for the end of the file
    expect(groups).toHaveLength(6);
  });

  it('without rows it has columns and no group', async () => {
    const file = (await encoded('parquet', [])).toString('latin1');
    expect(file).toMatch(/^PAR1.*applicantId.*PAR1$/s);
  });
});
