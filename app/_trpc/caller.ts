import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { clientAddressHeader } from '../../server/contract/client-address-header.ts'
import { getRuntime } from '../../server/runtime-handle.ts'
import type { Caller } from '../../server/runtime.ts'

/** The procedures, for server components and form handlers, called as this request's visitor. `setCookie`: where its answer sets cookies. */
export const getCaller = (setCookie?: (cookie: string) => void): Promise<Caller> => (setCookie ? callerFor({ setCookie }) : callerOfPage())

// A page asks from several places: one caller looks for the session once.
const callerOfPage = cache(() => callerFor({}))

async function callerFor(answer: { setCookie?: (cookie: string) => void }): Promise<Caller> {
  const given = await headers()
  return getRuntime().callerFor({ clientAddress: given.get(clientAddressHeader) ?? 'unknown', headers: given, ...answer })
}

/** The answer, or Next's "page not found" where the procedure refused with NOT_FOUND. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'NOT_FOUND') notFound()
    throw error
  }
}
