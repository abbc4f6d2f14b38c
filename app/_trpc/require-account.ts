import { redirect } from 'next/navigation'
import { readVisitor, type Visitor } from './visitor.ts'

/** Who is logged in; whoever is not is sent to log in, and comes back to `path`. */
export async function requireAccount(path: string): Promise<Visitor> {
  const visitor = await readVisitor()
  if (visitor === null) redirect(`/login?${new URLSearchParams({ next: path })}`)
  return visitor
}
