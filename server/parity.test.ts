import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from './env.ts'
import { checkParity } from './testing/check-parity.ts'
import { testNames } from './testing/test-names.ts'

const upTo = (letter: string, last: number): string[] => Array.from({ length: last }, (_, index) => `${letter}${index + 1}`)

const rules = [
  ...upTo('A', 9), ...upTo('B', 8), ...upTo('C', 5), ...upTo('D', 7), ...upTo('E', 8), ...upTo('F', 12), ...upTo('G', 8), ...upTo('H', 6), ...upTo('I', 7),
  ...upTo('J', 2),
]

const runByTheSuite = /^(app|db|emails|server)\/.*\.test\.tsx?$|^e2e\/[^/]+\.spec\.ts$/

function testsIn(path: string): string[] | undefined {
  const file = join(projectRoot, path)
  return runByTheSuite.test(path) && existsSync(file) ? testNames(path, readFileSync(file, 'utf8')) : undefined
}

describe('docs/parity.md', () => {
  it('names for every rule the tests that show it, all of which are there', () => {
    const document = readFileSync(join(projectRoot, 'docs/parity.md'), 'utf8')
    expect(checkParity({ document, rules, testsIn })).toEqual([])
  })
})

describe('checking which test shows which rule', () => {
  const tests = new Map([['a.test.ts', ['opens', 'reads a | b']], ['b.spec.ts', ['shows ${name}']]])
  const check = (...rows: string[]): string[] =>
    checkParity({ document: ['# Parity', '', '| rule | what | shown by |', '|---|---|---|', ...rows].join('\n'), rules: ['A1', 'A2'], testsIn: (path) => tests.get(path) })
  const [first, second] = ['| A1 | Opens. | `a.test.ts › opens` |', '| A2 | Shows. | `b.spec.ts › shows ${name}`<br>`a.test.ts › reads a \\| b` |']

  it('finds nothing wrong where every rule has tests that are there', () => {
    expect(check(first, second)).toEqual([])
  })

  it('names a rule without a row, with two, and one that nobody knows', () => {
    expect(check(first)).toEqual(['A2 has no row.'])
    expect(check(first, second, first)).toEqual(['A1 has more than one row.'])
    expect(check(first, second, '| Z9 | What? | `a.test.ts › opens` |')).toEqual(['Z9 is no rule.'])
    expect(check()).toEqual(['A1 has no row.', 'A2 has no row.'])
  })

  it('names a rule without a test, and words in the place of one', () => {
    expect(check(first, '| A2 | Shows. |  |')).toEqual(['A2 has no test.'])
    expect(check(first, '| A2 | Shows. | `b.spec.ts › shows ${name}`<br>later |')).toEqual(['A2 names what is no test: later'])
    expect(check(first, '| A2 | `a.test.ts › opens` | a.test.ts › opens |')).toEqual(['A2 names what is no test: a.test.ts › opens'])
  })

  it('names a file and a test that are not there', () => {
    expect(check(first, '| A2 | Shows. | `c.test.ts › opens` |')).toEqual(['A2 names a file that is not there: c.test.ts'])
    expect(check(first, '| A2 | Shows. | `a.test.ts › Opens` |')).toEqual(['A2 names a test that a.test.ts does not have: Opens'])
    expect(check(first, '| A2 | Shows. | `a.test.ts › shows ${name}` |')).toEqual(['A2 names a test that a.test.ts does not have: shows ${name}'])
  })
})

describe('the names of tests', () => {
  const names = (source: string): string[] => testNames('x.test.tsx', source)

  it('are read as they are written, however the test is made', () => {
    expect(names(`describe('a thing', () => {
      it('opens', () => {})
      it("says 'no'", async () => {})
      it(\`shows \${name} and \${more}\`, () => {})
      it.each([1, 2])('counts %d', () => {})
      it.each\`a\${1}\`('tells $a', () => {})
      it.runIf(isHere)('runs here (SQLite)', () => {})
      it.skipIf(isThere)('runs elsewhere', () => {})
    })`)).toEqual(['opens', "says 'no'", 'shows ${name} and ${more}', 'counts %d', 'runs here (SQLite)', 'runs elsewhere'])
  })

  it('are none of what is no test, is left out or only looks like one', () => {
    expect(names(`
      // it('is a remark', () => {})
      it.skip('is skipped', () => {})
      it.todo('is for later')
      it.fails('fails', () => {})
      it.step('is a step', () => {})
      describe.skip('skipped', () => { it('is in what is skipped', () => {}) })
      const words = "it('is in quotes')"
      other.it('belongs to something else')
      it(name, () => {})
      visit('elsewhere')
    `)).toEqual([])
  })
})
