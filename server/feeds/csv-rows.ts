import { parse } from 'csv-parse/sync'
import { splitLines } from './byte-lines.ts'
import type { ByteLine } from './byte-lines.ts'

/** One row: its cells, or why it is none. `line` is the physical line on which it begins, from 1. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] } | { readonly line: number; readonly fault: string }

const maxRowCharacters = 1_048_576

const badQuotes = 'The quotation marks of this row do not fit: a cell that holds one must be quoted, and double it.'

/** Whether a quoted cell is still open where the line ends. */
function isOpenAfter(line: string, wasOpen: boolean): boolean {
  if (!wasOpen && !line.includes('"')) return false
  let isOpen = wasOpen
  let isCellStart = !wasOpen
  for (let at = 0; at < line.length; at += 1) {
    const mark = line[at]
    if (isOpen) {
      if (mark !== '"') continue
      if (line[at + 1] === '"') at += 1
      else isOpen = false
    } else if (mark === '"' && isCellStart) {
      isOpen = true
      isCellStart = false
    } else {
      isCellStart = mark === ','
    }
  }
  return isOpen
}

/** The cells of one complete row, or null where it is not well-formed. */
function readCells(row: string): readonly string[] | null {
  if (row.trim() === '') return []
  try {
    const [cells] = parse(row.endsWith('\r') ? row.slice(0, -1) : row, { record_delimiter: '\n', relax_column_count: true })
    return cells ?? []
  } catch {
    return null
  }
}

/**
 * The rows of a UTF-8 csv, blank ones passed over. We find where rows end, csv-parse reads their cells: after a row whose
 * quotation marks do not fit, csv-parse alone would lose the rows behind it. Here the next physical line is a row again.
 */
export async function* readCsvRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  let row: { line: number; text: string }[] = []
  let rowCharacters = 0
  let isOpen = false

  /** The rows that these lines complete; a row that fails gives its first line up and its other lines back. */
  const takeLines = function* (lines: readonly ByteLine[], isEnd: boolean): Generator<CsvRow> {
    let rest = lines
    let at = 0
    while (at < rest.length || (isEnd && row.length > 0)) {
      const one = rest[at]
      let cells: readonly string[] | null = null
      if (one && 'text' in one) {
        at += 1
        row.push(one)
        rowCharacters += one.text.length
        isOpen = isOpenAfter(one.text, isOpen)
        if (isOpen && rowCharacters <= maxRowCharacters) continue
        if (!isOpen) cells = readCells(row.map((line) => line.text).join('\n'))
      } else if (one && row.length === 0) {
        at += 1
        yield one
        continue
      }
      const [first, ...others] = row
      row = []
      rowCharacters = 0
      isOpen = false
      if (!first) continue
      if (cells !== null) {
        if (cells.some((cell) => cell !== '')) yield { line: first.line, cells }
        continue
      }
      yield { line: first.line, fault: badQuotes }
      rest = [...others, ...rest.slice(at)]
      at = 0
    }
  }

  for await (const lines of splitLines(source)) yield* takeLines(lines, false)
  yield* takeLines([], true)
}
