import { and, eq, inArray, sql } from 'drizzle-orm'
import { cases, savedSearches } from '../../../db/schema.ts'
import { fieldOf } from '../../contract/field-of.ts'
import type { Reading } from '../../work.ts'
import { obstacles } from './obstacles.ts'

interface CandidatesFacts {
  readonly obstacle: string | null
  /** Ids of cases that may not be named any more. */
  readonly unsayable: readonly number[]
}

interface Named {
  readonly searches: readonly number[]
  readonly cases: readonly number[]
}

/**
 * Whether mail of new cases may still leave, by what it says (G7, F8): a search that it answers is still watched, and the cases
 * are public. It may leave without those that are not.
 */
export async function listCandidatesFacts(
  { tx }: Reading, payloads: readonly (string | undefined)[],
): Promise<(payload: string | undefined) => CandidatesFacts> {
  const named = payloads.flatMap((payload) => namedIn(payload) ?? [])
  if (named.length === 0) return () => ({ obstacle: null, unsayable: [] })
  const watched = new Set<number>()
  for (const ids of inPieces(named.flatMap(({ searches }) => searches))) {
    const rows = await tx.select({ id: savedSearches.id }).from(savedSearches).where(and(inArray(savedSearches.id, ids), sql`${savedSearches.isWatched}`))
    for (const { id } of rows) watched.add(id)
  }
  const isPublic = new Set<number>()
  for (const ids of inPieces(named.flatMap((one) => one.cases))) {
    const rows = await tx.select({ id: cases.id }).from(cases).where(and(inArray(cases.id, ids), eq(cases.security, 'public')))
    for (const { id } of rows) isPublic.add(id)
  }
  return (payload) => {
    const said = namedIn(payload)
    // Not to be read: composing it says so.
    if (!said) return { obstacle: null, unsayable: [] }
    if (!said.searches.some((id) => watched.has(id))) return { obstacle: obstacles.unwatched, unsayable: [] }
    const unsayable = said.cases.filter((id) => !isPublic.has(id))
    const isEmpty = unsayable.length === said.cases.length
    return { obstacle: unsayable.length > 0 && isEmpty ? obstacles.notPublic : null, unsayable }
  }
}

const atOnce = 500

function inPieces(ids: readonly number[]): number[][] {
  const each = [...new Set(ids)]
  return Array.from({ length: Math.ceil(each.length / atOnce) }, (_, at) => each.slice(at * atOnce, (at + 1) * atOnce))
}

function namedIn(payload: string | undefined): Named | undefined {
  try {
    const searches = listIn(JSON.parse(payload ?? ''), 'searches')
    return searches && {
      searches: searches.flatMap((search) => idIn(search, 'searchId')),
      cases: searches.flatMap((search) => (listIn(search, 'cases') ?? []).flatMap((one) => idIn(one, 'caseId'))),
    }
  } catch {
    return undefined
  }
}

function listIn(value: unknown, name: string): readonly unknown[] | undefined {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list : undefined
}

function idIn(value: unknown, name: string): number[] {
  const id = fieldOf(value, name)
  return typeof id === 'number' ? [id] : []
}
