import type { Reading } from '../contract/records.ts'
import { checkRecord } from './check-record.ts'
import { readCsvRows } from './csv-rows.ts'
import { quoteBriefly } from './quote-briefly.ts'

const fields = [
  'type', 'number', 'court', 'caption', 'caseType', 'filedOn', 'status', 'security', 'judge', 'parties', 'formerNumber',
  'case', 'id', 'entryNumber', 'filedAt', 'code', 'description', 'text', 'startsAt', 'endsAt', 'kind', 'place',
  'plan', 'person', 'dueOn', 'amountDue', 'pastDue',
] as const
const fieldByColumn = new Map<string, string>(fields.map((field) => [field.toLowerCase(), field]))

/** The field of each column, null for a column that is not ours; or why this is no header. */
function readHeader(cells: readonly string[]): readonly (string | null)[] | string {
  const columns = cells.map((cell) => fieldByColumn.get(cell.trim().toLowerCase()) ?? null)
  const twice = columns.find((field, at) => field !== null && columns.indexOf(field) !== at)
  if (twice) return `The column "${twice}" stands twice in the header row.`
  if (!columns.includes('type')) return 'The first row must name the columns, and one of them must be "type".'
  return columns
}

/** `Name|Role|Attorney; Name|Role`, or JSON as in the feed; what cannot be read stays text, for the check to refuse. */
function readParties(cell: string): unknown {
  if (cell.trimStart().startsWith('[')) {
    try {
      return JSON.parse(cell)
    } catch {
      return cell
    }
  }
  return cell.split(';').filter((one) => one.trim() !== '').map((one) => {
    const [name, role, attorney] = one.split('|').map((part) => part.trim())
    return { name, role, attorney: attorney === '' ? null : attorney }
  })
}

/**
 * Reads records from csv (I2): a header row, a column `type`, the others named as the feed's fields (case does not
 * matter), other columns ignored, an empty cell the same as none. A reading's line is the physical line on which its row
 * begins; a bad row is named and stops no other. Without a usable header there is one rejection, of line 1.
 */
export async function* readCsv(source: AsyncIterable<Uint8Array>): AsyncGenerator<Reading> {
  let columns: readonly (string | null)[] | null = null
  for await (const row of readCsvRows(source)) {
    if (columns === null) {
      const header = 'fault' in row ? row.fault : readHeader(row.cells)
      if (typeof header === 'string') {
        yield { line: 1, reason: header }
        return
      }
      columns = header
    } else if ('fault' in row) {
      yield { line: row.line, reason: row.fault }
    } else {
      yield readRow(row.line, row.cells, columns)
    }
  }
  if (columns === null) yield { line: 1, reason: 'This file is empty: a header row is needed.' }
}

function readRow(line: number, cells: readonly string[], columns: readonly (string | null)[]): Reading {
  const surplus = cells.slice(columns.length).find((cell) => cell !== '')
  if (surplus !== undefined) {
    const counts = `This row has ${cells.length} cells, the header has ${columns.length}`
    return { line, reason: `${counts} ("${quoteBriefly(surplus)}" is one too many).` }
  }
  const record: Record<string, unknown> = {}
  for (const [at, field] of columns.entries()) {
    const cell = cells[at] ?? ''
    if (field === null || cell === '') continue
    record[field] = field === 'parties' ? readParties(cell) : field === 'type' ? cell.trim() : cell
  }
  const checked = checkRecord(record)
  return 'record' in checked ? { line, record: checked.record, counts: true } : { line, reason: checked.reason }
}
