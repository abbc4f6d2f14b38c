import type { CourtRecord } from '../contract/records.ts'
import { federalCourts } from './federal-courts.ts'
import { quoteBriefly } from './quote-briefly.ts'

/** A court that the caller names, in place of or to complete what the source says (`ttc import --court`). */
export interface NamedCourt {
  readonly code: string
  readonly name?: string
  /** IANA. */
  readonly timeZone?: string
}

export interface FederalReaderOptions {
  readonly court?: NamedCourt
}

/**
 * The court of a source, from what the caller names, what the source says and what is known of federal courts, in this
 * order; or the reason why that does not make a court.
 */
export function nameCourt(said: { readonly code?: string; readonly name?: string }, named?: NamedCourt): CourtRecord | string {
  const code = named?.code ?? said.code
  if (code === undefined) return 'This file does not say which court it is from. Give the court\'s code with --court.'
  const known = federalCourts.get(code) ?? (said.code === undefined ? undefined : federalCourts.get(said.code))
  const timeZone = named?.timeZone ?? known?.timeZone
  if (timeZone === undefined) {
    return `"${quoteBriefly(code)}" is not a federal court known here. Give the court with --court, and its time zone.`
  }
  if (!isTimeZone(timeZone)) return `"${quoteBriefly(timeZone)}" is not a time zone.`
  return { type: 'court', code, name: named?.name ?? said.name ?? known?.name ?? code, timeZone }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
