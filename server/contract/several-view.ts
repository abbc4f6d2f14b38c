import { z } from 'zod'
import type { CourtView } from './views.ts'

/** As many lines as one list may have, and cases a basket (G6). */
export const mostLines = 500
export const mostInBasket = 50

const line = z.object({ number: z.string().max(200), court: z.string().max(200).nullable() })
/** A line of a list: a case number as somebody wrote it, and the code or name of a court where they named one. */
export type CaseLine = z.infer<typeof line>

/** A line as it is typed: what it is read from and can be read from again. */
export function lineText({ number, court }: CaseLine): string {
  const cell = /[",;\t]/.test(number) ? `"${number.replaceAll('"', '""')}"` : number
  return court === null ? cell : `${cell}, ${court}`
}

export const severalLines = z.object({ lines: z.array(line).max(mostLines) })
export const severalInput = severalLines.extend({
  options: z.object({ eventTenDays: z.boolean(), eventTwoDays: z.boolean(), paymentTwoDays: z.boolean() }),
})

/** The case that a line means, as lists show it. */
export interface NamedCaseView {
  readonly number: string
  readonly court: CourtView
  readonly caption: string
  readonly needsCourt: boolean
}

/** What a line of a list means (G6). Whether a case is confidential or not there, a line says the same (A6). */
export type CaseLineView =
  | { readonly kind: 'case'; readonly case: NamedCaseView; readonly isTracked: boolean }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'courtUnknown' }
  /** A5's sentence. */
  | { readonly kind: 'untrackable'; readonly case: NamedCaseView; readonly sentence: string }
  | { readonly kind: 'severalCourts'; readonly courts: readonly CourtView[] }
  /** The case of an earlier line, which counts from 1. */
  | { readonly kind: 'repeated'; readonly line: number }

/** What became of a line: its case is tracked now, was before, or the line must be mended. */
export type LineOutcome = 'now' | 'already' | 'repeated' | 'wrong'
