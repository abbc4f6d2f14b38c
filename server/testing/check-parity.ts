/** What `checkParity` is asked about. */
export interface Parity {
  /** Markdown with a row `| A1 | … | tests |` for each rule. */
  readonly document: string
  /** Every rule that must have its row. */
  readonly rules: readonly string[]
  /** The names of the tests in a file of the repository; undefined where there is no such file. */
  readonly testsIn: (path: string) => readonly string[] | undefined
}

const firstCell = /^\|\s*\*{0,2}([A-Z]\d+)\*{0,2}\s*\|/
const namedTest = /^`([^`›]+?) › ([^`]+)`$/

/**
 * What is wrong with the record of which test shows which rule, a sentence each: a rule without a row, with two or without a test, a
 * row of what is no rule, and a test that is not there. The last cell of a row names its tests as `path › name`, one a line.
 */
export function checkParity({ document, rules, testsIn }: Parity): string[] {
  const rows = document.split('\n').flatMap((line) => {
    const rule = firstCell.exec(line)?.[1]
    return rule === undefined ? [] : [{ rule, tests: lastCellOf(line) }]
  })
  const count = (rule: string): number => rows.filter((row) => row.rule === rule).length
  return [
    ...rules.filter((rule) => count(rule) === 0).map((rule) => `${rule} has no row.`),
    ...rules.filter((rule) => count(rule) > 1).map((rule) => `${rule} has more than one row.`),
    ...rows.filter(({ rule }) => !rules.includes(rule)).map(({ rule }) => `${rule} is no rule.`),
    ...rows.filter(({ tests }) => tests.length === 0).map(({ rule }) => `${rule} has no test.`),
    ...rows.flatMap(({ rule, tests }) => tests.flatMap((test) => {
      const fault = faultOf(test, testsIn)
      return fault === undefined ? [] : [`${rule} ${fault}`]
    })),
  ]
}

/** A `|` that is part of a name is written `\|`. */
function lastCellOf(line: string): string[] {
  const cells = line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/)
  return (cells.at(-1) ?? '').split('<br>').map((one) => one.trim().replaceAll('\\|', '|')).filter((one) => one !== '')
}

function faultOf(test: string, testsIn: Parity['testsIn']): string | undefined {
  const [, path, name] = namedTest.exec(test) ?? []
  if (path === undefined || name === undefined) return `names what is no test: ${test}`
  const tests = testsIn(path)
  if (!tests) return `names a file that is not there: ${path}`
  return tests.includes(name) ? undefined : `names a test that ${path} does not have: ${name}`
}
