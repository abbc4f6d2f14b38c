import { notFound } from 'next/navigation'
import { readVisitor } from './visitor.ts'

/** Goes on for operators; for anybody else the page is not there (S15). */
export async function requireOperator(): Promise<void> {
  if ((await readVisitor())?.isOperator !== true) notFound()
}
