import { describe, expect, it } from 'vitest'
import { checkRecord } from './check-record.ts'

const entry = { type: 'docketEntry', case: '26XX-CR00001', id: 'e-1', filedAt: '2026-11-20', description: 'Hearing continued' }
const payment = { type: 'payment', case: '26XX-CR00001', plan: 'P-1', person: 'Sample, Pat', dueOn: '2026-12-10', amountDue: '50.00' }
const event = { type: 'event', case: '26XX-CR00001', id: 'h-1', startsAt: '2026-12-03T09:00:00-06:00', kind: 'Trial' }
const court = { type: 'case', number: '26XX-CR00001', caption: 'State v. Sample' }

function recordOf(value: unknown): unknown {
  const checked = checkRecord(value)
  return 'record' in checked ? checked.record : checked.reason
}
function reasonOf(value: unknown): string {
  const checked = checkRecord(value)
  return 'reason' in checked ? checked.reason : `accepted: ${JSON.stringify(checked.record)}`
}

describe('checkRecord', () => {
  it('reads a case with everything, as sent', () => {
    const full = {
      ...court, court: '13-SAMPLE', caseType: 'CR', filedOn: '2026-08-14', status: 'open', security: 'public', judge: ' M. Example ',
      parties: [{ name: 'Sample, Pat', role: 'Defendant', attorney: 'Lee Counsel' }, { name: 'State', role: '' }], formerNumber: '26YY-1',
    }
    expect(recordOf(full)).toEqual(full)
  })
  it('reads an event and a removal', () => {
    expect(recordOf({ ...event, endsAt: null, status: 'cancelled' })).toEqual({ ...event, court: null, endsAt: null, status: 'cancelled' })
    expect(recordOf({ type: 'caseRemoved', number: '26XX-CR00001', court: 'A' }))
      .toEqual({ type: 'caseRemoved', number: '26XX-CR00001', court: 'A' })
  })
  it('leaves out what was not said, null being the same as nothing', () => {
    expect(recordOf({ ...court, judge: null, parties: [{ name: 'A', role: 'B', attorney: null }] }))
      .toEqual({ ...court, court: null, parties: [{ name: 'A', role: 'B' }] })
    expect(recordOf({ ...entry, text: undefined })).toEqual({ ...entry, court: null })
  })
  it('ignores fields that are not in the contract', () => {
    expect(recordOf({ ...entry, later: { version: [2] }, __proto__: { judge: 'x' } })).toEqual({ ...entry, court: null })
  })
  it('trims numbers, courts, ids and plans and no other text', () => {
    expect(recordOf({ ...entry, case: ' 26XX-CR00001 ', court: ' A ', id: '\te-1', description: ' two  spaces ', text: ' x\n' }))
      .toEqual({ ...entry, court: 'A', description: ' two  spaces ', text: ' x\n' })
    expect(recordOf({ ...payment, plan: ' P-1 ' })).toMatchObject({ plan: 'P-1' })
  })

  it('names an unknown type and the known ones', () => {
    expect(reasonOf({ type: 'docket' }))
      .toBe('The type "docket" is not known. The types are case, docketEntry, event, payment, caseRemoved.')
    expect(reasonOf({ type: 'court', code: 'x', name: 'y', timeZone: 'UTC' })).toMatch(/not known/)
    expect(reasonOf({})).toMatch(/^"type" is missing/)
    expect(reasonOf({ type: 7 })).toMatch(/^"type" must be text/)
    expect(reasonOf({ type: 'constructor' })).toMatch(/not known/)
  })
  it.each([[null], [[]], ['text'], [7], [undefined]])('refuses %j, which is no object', (value) => {
    expect(reasonOf(value)).toBe('This is not a record: a JSON object is needed.')
  })
  it('names each wrong field once', () => {
    expect(reasonOf({ type: 'docketEntry', case: 5, id: ' ', filedAt: 'soon', status: 'open' })).toBe(
      '"case" must be text. "id" must not be empty. "filedAt" must be a date of the calendar, like 2026-11-20, '
      + 'or an instant with its offset, like 2026-11-20T13:52:00-06:00. "description" is missing. "status" must be "active" or "voided".')
    expect(reasonOf({ ...court, parties: [{ name: 'A', role: 'B' }, { name: '', role: 4 }] }))
      .toBe('"parties 2 name" must not be empty. "parties 2 role" must be text.')
    expect(reasonOf({ ...court, parties: 'A' })).toBe('"parties" must be a list.')
    expect(reasonOf({ ...court, parties: ['A'] })).toBe('"parties 1" must be an object.')
  })
  it('names five faults and counts the others', () => {
    const parties = Array.from({ length: 9 }, () => ({ name: 1, role: 'x' }))
    expect(reasonOf({ ...court, parties })).toMatch(/"parties 5 name" must be text\. And 4 more\.$/)
  })

  it('takes an instant or a day as filedAt, and only an instant as startsAt', () => {
    expect(recordOf({ ...entry, filedAt: '2026-11-20T13:52:00-0600' })).toMatchObject({ filedAt: '2026-11-20T13:52:00-06:00' })
    expect(reasonOf({ ...entry, filedAt: '2026-02-30' })).toMatch(/^"filedAt" must be a date/)
    expect(reasonOf({ ...entry, filedAt: '2026-11-20T13:52:00' })).toMatch(/^"filedAt" must be/)
    expect(reasonOf({ ...event, startsAt: '2026-12-03' })).toMatch(/^"startsAt" must be an instant/)
    expect(reasonOf({ ...event, endsAt: '' })).toMatch(/^"endsAt" must be an instant/)
  })

  it.each([['50.00', 5000], ['50', 5000], ['0.5', 50], ['0.00', 0], [50, 5000], [50.5, 5050], [0.07, 7], [1e3, 100_000],
    ['1234567.89', 123_456_789]])('reads the amount %j as %d cents', (amountDue, cents) => {
    expect(recordOf({ ...payment, amountDue })).toMatchObject({ amountDueCents: cents, pastDueCents: 0 })
  })
  it.each([['$50'], ['1,000.00'], ['50.001'], [0.1 + 0.2], [1e21], [''], ['  5'], [true], ['1e3'],
    ['99999999999']])('refuses the amount %j', (amountDue) => {
    expect(reasonOf({ ...payment, amountDue })).toBe('"amountDue" must be an amount like "50.00".')
  })
  it('refuses a negative amount, and a missing one', () => {
    expect(reasonOf({ ...payment, pastDue: '-1.00' })).toBe('"pastDue" must not be negative.')
    expect(reasonOf({ ...payment, amountDue: -0.5 })).toBe('"amountDue" must not be negative.')
    expect(reasonOf({ ...payment, amountDue: null })).toBe('"amountDue" is missing.')
  })
  it('keeps the amount past due', () => {
    expect(recordOf({ ...payment, pastDue: '12.30' })).toEqual({
      type: 'payment', case: '26XX-CR00001', court: null, plan: 'P-1', person: 'Sample, Pat', dueOn: '2026-12-10', amountDueCents: 5000,
      pastDueCents: 1230,
    })
  })

  it('refuses NUL and half characters anywhere, in unknown fields and names too', () => {
    for (const broken of ['a\0b', 'a\ud800b', '\udc00']) {
      expect(reasonOf({ ...entry, description: broken })).toMatch(/^A text of this record holds/)
      expect(reasonOf({ ...entry, extra: [{ deep: broken }] })).toMatch(/^A text of this record holds/)
      expect(reasonOf({ ...entry, [broken]: 1 })).toMatch(/^A text of this record holds/)
    }
    expect(recordOf({ ...entry, description: 'whole 👩‍⚖️ \u001b' })).toMatchObject({ description: 'whole 👩‍⚖️ \u001b' })
  })
  it('takes texts up to their limits and refuses them beyond', () => {
    for (const [field, max] of [['description', 5_000], ['text', 200_000]] as const) {
      expect(recordOf({ ...entry, [field]: 'x'.repeat(max) })).toMatchObject({ type: 'docketEntry' })
      expect(reasonOf({ ...entry, [field]: 'x'.repeat(max + 1) }))
        .toBe(`"${field}" is longer than ${max.toLocaleString('en-US')} characters.`)
    }
    expect(reasonOf({ ...court, number: '1'.repeat(101) })).toBe('"number" is longer than 100 characters.')
    expect(reasonOf({ ...court, parties: Array.from({ length: 5_001 }, () => ({ name: 'A', role: 'B' })) }))
      .toBe('"parties" has more than 5,000 of them.')
  })
  it('quotes little of a record and no control characters in a reason', () => {
    const reason = reasonOf({ type: `\u001b[31mred\u202e\n${'x'.repeat(500)}` })
    expect(reason).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(/"([^"]*)"/.exec(reason)?.[1]?.length).toBe(60)
  })
})
