import { describe, expect, it } from 'vitest'
import { lineText } from '../../../../server/contract/several-view.ts'
import { readCaseList } from './read-case-list.ts'

const line = (number: string, court: string | null = null) => ({ number, court })

describe('a list of cases', () => {
  it('has a case number a line, and a court after a comma, semicolon or tab', () => {
    expect(readCaseList('26BA-CR01482\r\n\n  26ba cr 1 ,13-BOONE\n26-3; Boone County\n26-4\t19-COLE\n')).toEqual([
      line('26BA-CR01482'), line('26ba cr 1', '13-BOONE'), line('26-3', 'Boone County'), line('26-4', '19-COLE'),
    ])
  })

  it('may be a table whose headings say where they are', () => {
    const table = '\ufeffClient,Court,Case Number\n"Lowell, Ada",13-BOONE,26-1\n"Two\nlines",,26-2\n'
    expect(readCaseList(table)).toEqual([line('26-1', '13-BOONE'), line('26-2')])
    expect(readCaseList('Case number;Client\n26-1;Lowell\n')).toEqual([line('26-1')])
  })

  it('loses no line to quotation marks that do not fit, and keeps what is no number', () => {
    expect(readCaseList('26-1\n"26-2\n26-3')).toEqual([line('26-1'), line('26-2'), line('26-3')])
    expect(readCaseList('nonsense\n,13-BOONE')).toEqual([line('nonsense'), line('', '13-BOONE')])
    expect(readCaseList(' \n\t\n')).toEqual([])
  })

  it('is written as it is read', () => {
    for (const one of [line('26-1'), line('26-1', '13-BOONE'), line('a, "b"; c', 'X')]) expect(readCaseList(lineText(one))).toEqual([one])
  })
})
