import { and, asc, eq, inArray } from 'drizzle-orm'
import { cases, courts, formerCaseNumbers } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import type { Reading } from '../../work.ts'
import { meant, type CaseName, type PublicCase } from './public-cases-named.ts'

const keysAtOnce = 200

/** The same as `publicCasesNamed` of each of many names, with a few looks at the database instead of some for each (A1, A3, A6, A9). */
export async function publicCasesOfNames(
  reading: Reading, names: readonly CaseName[],
): Promise<{ readonly found: readonly PublicCase[]; readonly needsCourt: boolean }[]> {
  const bearers = await bearersOf(reading, names.map(({ number }) => caseNumberKey(number)))
  const byNow = names.map((name) => meant((bearers.get(caseNumberKey(name.number)) ?? []).map((one) => ({ ...one, as: one.case.number })), name))
  const formerly = await formerBearersOf(reading, names.filter((_, at) => byNow[at]?.length === 0).map(({ number }) => caseNumberKey(number)))
  const found = names.map((name, at) => {
    const now = byNow[at] ?? []
    return now.length > 0 ? now : meant(formerly.get(caseNumberKey(name.number)) ?? [], name)
  })
  const renumbered = await bearersOf(reading, found.flatMap((some) => some.map((one) => one.case.numberKey)).filter((key) => !bearers.has(key)))
  return found.map((some) => {
    const key = some[0]?.case.numberKey
    return { found: some, needsCourt: key !== undefined && (bearers.get(key) ?? renumbered.get(key) ?? []).length > 1 }
  })
}

async function bearersOf({ tx }: Reading, keys: readonly string[]): Promise<Map<string, PublicCase[]>> {
  const rows: PublicCase[] = []
  for (const some of inPieces(keys)) {
    rows.push(...await tx.select({ case: cases, court: courts }).from(cases).innerJoin(courts, eq(courts.code, cases.court))
      .where(and(inArray(cases.numberKey, some), eq(cases.security, 'public'))).orderBy(asc(courts.name), asc(cases.number), asc(cases.id)))
  }
  return Map.groupBy(rows, (one) => one.case.numberKey)
}

async function formerBearersOf({ tx }: Reading, keys: readonly string[]): Promise<Map<string, (PublicCase & { readonly as: string })[]>> {
  const rows: { readonly key: string; readonly one: PublicCase & { readonly as: string } }[] = []
  for (const some of inPieces(keys)) {
    const found = await tx.select({ case: cases, court: courts, as: formerCaseNumbers.number, key: formerCaseNumbers.numberKey }).from(formerCaseNumbers)
      .innerJoin(cases, and(eq(cases.id, formerCaseNumbers.caseId), eq(cases.security, 'public')))
      .innerJoin(courts, eq(courts.code, cases.court))
      .where(inArray(formerCaseNumbers.numberKey, some)).orderBy(asc(courts.name), asc(formerCaseNumbers.number), asc(cases.id))
    rows.push(...found.map(({ key, ...one }) => ({ key, one })))
  }
  return new Map([...Map.groupBy(rows, ({ key }) => key)].map(([key, some]) => [key, some.map(({ one }) => one)]))
}

function inPieces(keys: readonly string[]): string[][] {
  const each = [...new Set(keys)].filter((key) => key !== '')
  return Array.from({ length: Math.ceil(each.length / keysAtOnce) }, (_, at) => each.slice(at * keysAtOnce, (at + 1) * keysAtOnce))
}
