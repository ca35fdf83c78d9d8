// SPDX-License-Identifier: Apache-2.0
// What a table holds, apart from how it is shown, so that the screen, the CSV and the workbook say the same.
//
// columns: [{key, title, kind: 'text' | 'number' | 'moment' | 'permille', value: (row) => …}]
// A value of undefined is absent: an empty cell, never 0.

const BOM = '\uFEFF'; // Without it Excel takes UTF-8 for windows-1251.

/** RFC 4180, with a BOM for Excel. Numbers as numbers, moments as RFC 3339: a CSV is for programs too. */
export function csvOf({ columns, rows }) {
  const cell = (text) => (/[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  // A text that a spreadsheet would take for a formula is kept a text.
  const safe = (text) => (/^[=+\-@\t]/.test(text) ? `'${text}` : text);
  const line = (cells) => cells.map(cell).join(',');
  const written = (column, row) => {
    const value = column.value(row);
    if (value === undefined || value === null) return '';
    return column.kind === 'text' ? safe(String(value)) : String(value);
  };
  const lines = [line(columns.map((column) => column.title))];
  for (const row of rows) lines.push(line(columns.map((column) => written(column, row))));
  return `${BOM}${lines.join('\r\n')}\r\n`;
}

function offer(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const offerCsv = (sheet, name) =>
  offer(new Blob([csvOf(sheet)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);

/** The workbook, with the notes (as of when, on whose word) above the table. Loaded when it is asked for. */
export async function offerXlsx(sheet, name) {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  await writeXlsxFile(xlsxRows(sheet)).toFile(`${name}.xlsx`);
}

/** Rows as write-excel-file wants them. */
export function xlsxRows({ columns, rows, notes = [] }) {
  const bold = (value) => ({ value, type: String, fontWeight: 'bold' });
  const cell = (column, row) => {
    const value = column.value(row);
    if (value === undefined || value === null) return null;
    if (column.kind === 'number') return { value, type: Number, format: '#,##0' };
    if (column.kind === 'permille') return { value: value / 1000, type: Number, format: '0.0%' };
    if (column.kind === 'moment') return { value: new Date(value), type: Date, format: 'yyyy-mm-dd hh:mm' };
    return { value: String(value), type: String };
  };
  return [
    ...notes.map((note) => [{ value: note, type: String }]),
    columns.map((column) => bold(column.title)),
    ...rows.map((row) => columns.map((column) => cell(column, row))),
  ];
}
