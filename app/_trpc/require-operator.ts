import { notFound, redirect } from 'next/navigation'
import { readVisitor, type Visitor } from './visitor.ts'

/** Goes on for operators, who may have given their password alone so far. For anybody else the page is not there (S15). */
export async function requireOperatorByPassword(): Promise<Visitor> {
  const visitor = await readVisitor()
  if (visitor?.isOperator !== true) notFound()
  return visitor
}

/** Goes on for operators with their second factor; without it they are sent to give it (H6). For anybody else the page is not there. */
export async function requireOperator(path = '/operator'): Promise<void> {
  const { hasSecondFactor } = await requireOperatorByPassword()
  if (!hasSecondFactor) redirect(`/login/second-factor?${new URLSearchParams({ next: path })}`)
}
