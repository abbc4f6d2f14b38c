import type { ReactNode } from 'react'

interface Column {
  readonly label: string
  readonly isNumber?: boolean
}

/**
 * A table of facts. The first cell of a row is its heading. On a narrow screen a table of more than two columns turns each
 * row into a ruled block whose cells carry their column's label; the roles are spelled out because changing how a table is
 * laid out makes browsers forget them.
 */
export function DataTable({ caption, columns, rows, isDense = false }: {
  caption: string
  columns: readonly Column[]
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  /** Rows of 40 px: for operators. */
  isDense?: boolean
}) {
  const stacks = columns.length > 2
  return (
    <table role="table" className={`w-full border border-rule bg-sheet text-nav tabular-nums ${stacks ? 'max-md:block' : ''}`}>
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className={stacks ? 'max-md:sr-only' : ''}>
        <tr role="row">
          {columns.map(({ label, isNumber }) => (
            <th key={label} scope="col" role="columnheader" className={`border-b-2 border-ink ${isDense ? 'px-2.5 py-2' : 'px-3.5 py-2.5'} text-fine font-semibold text-ink2 ${isNumber ? 'text-right' : 'text-left'}`}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className={stacks ? 'max-md:block' : ''}>
        {rows.map((row) => (
          <tr key={row.key} role="row" className={`border-rule not-last:border-b print:break-inside-avoid ${stacks ? 'max-md:block max-md:px-3.5 max-md:py-3' : ''}`}>
            {row.cells.map((cell, index) => (
              <Cell key={columns[index]?.label} column={columns[index]} isHeading={index === 0} stacks={stacks} isDense={isDense}>{cell}</Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  readonly column: Column | undefined
  readonly isHeading: boolean
  readonly stacks: boolean
  readonly isDense: boolean
  readonly children: ReactNode
}

function Cell({ column, isHeading, stacks, isDense, children }: CellProps) {
  const laidOut = stacks ? `${isDense ? 'md:px-2.5 md:py-2' : 'md:px-3.5 md:py-3'} max-md:grid max-md:grid-cols-[7.5rem_minmax(0,1fr)] max-md:gap-2 max-md:py-1` : `px-3.5 ${isDense ? 'py-2' : 'py-3'}`
  const look = `min-w-0 text-left align-top font-normal wrap-anywhere ${laidOut} ${column?.isNumber ? 'md:text-right' : ''}`
  const inside = (
    <>
      {stacks ? <span aria-hidden="true" className="text-ink3 md:hidden">{column?.label}</span> : null}
      <div className={isHeading ? 'font-semibold' : ''}>{children}</div>
    </>
  )
  return isHeading ? <th scope="row" role="rowheader" className={look}>{inside}</th> : <td role="cell" className={look}>{inside}</td>
}
