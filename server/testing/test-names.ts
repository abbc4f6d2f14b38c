import ts from 'typescript'

/**
 * The names of the tests in a file, as they are written there: a template's placeholders included, `it.each` as one, and what is
 * left out of every run (`it.skip`, `it.todo`, `describe.skip`) not.
 */
export function testNames(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const names: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      if (isSkippedGroup(node.expression)) return
      const [first] = node.arguments
      if (first && isRunTest(node.expression)) names.push(...wordsOf(first))
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return names
}

/** `it`, `it.each(…)`, `it.runIf(…)` and what else is called with a name and makes a test. */
function isRunTest(called: ts.Expression): boolean {
  if (ts.isIdentifier(called)) return called.text === 'it'
  if (ts.isCallExpression(called)) return isMaker(called.expression)
  return false
}

const isSkippedGroup = (called: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(called) && ts.isIdentifier(called.expression) && called.expression.text === 'describe'
  && ['skip', 'todo'].includes(called.name.text)

/** What is called before the name is: `it.each(rows)('…')`. */
function isMaker(called: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(called) && ts.isIdentifier(called.expression) && called.expression.text === 'it'
    && ['each', 'for', 'runIf', 'skipIf'].includes(called.name.text)
}

function wordsOf(name: ts.Expression): string[] {
  if (ts.isStringLiteralLike(name)) return [name.text]
  return ts.isTemplateExpression(name) ? [name.getText().slice(1, -1)] : []
}
