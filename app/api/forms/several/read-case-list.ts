import { parse } from 'csv-parse/sync'
import type { CaseLine } from '../../../../server/contract/several-view.ts'

const numberHeading = /^(case|cause)\s*(number|no\.?|#|num)$|^number$/i
const courtHeading = /^court(\s*(code|name))?$/i
const longest = 200

/**
 * The lines of a pasted or uploaded list (G6): each a case number and, where it is needed, a court after a comma, a semicolon or a
 * tab. A table with headings has them in the columns that are called so. Empty lines are passed over; nothing else is.
 */
export function readCaseList(text: string): CaseLine[] {
  const rows = rowsOf(text).filter((cells) => cells.some((cell) => cell.trim() !== ''))
  const headings = rows[0]?.map((cell) => cell.trim()) ?? []
  const numberAt = headings.findIndex((heading) => numberHeading.test(heading))
  const courtAt = numberAt < 0 ? 1 : headings.findIndex((heading) => courtHeading.test(heading))
  return rows.slice(numberAt < 0 ? 0 : 1).map((cells) => {
    const court = typed(cells[courtAt])
    return { number: typed(cells[Math.max(numberAt, 0)]), court: court === '' ? null : court }
  })
}

const typed = (cell: string | undefined): string => (cell ?? '').replace(/\p{Cc}/gu, ' ').trim().slice(0, longest).toWellFormed()

function rowsOf(text: string): string[][] {
  try {
    return parse(text.replace(/\r\n?/g, '\n'), { bom: true, delimiter: [',', ';', '\t'], relax_quotes: true, relax_column_count: true, skip_empty_lines: true })
  } catch {
    // Quotation marks that do not fit: then each line stands for itself.
    return text.split(/\r\n?|\n/).map((line) => line.replaceAll('"', '').split(/[,;\t]/))
  }
}
