/** What of a court's profile the help tells (J1). */
export interface HelpRules {
  readonly leadDays: { readonly events: readonly [number, number]; readonly payments: readonly [number] }
  readonly digest: { readonly hour: number; readonly days: readonly number[] }
  readonly sendingHours: { readonly from: string; readonly to: string }
  readonly policy: { readonly noticeDetail: 'full' | 'caseNumber'; readonly schedulingChanges: 'told' | 'never' }
  /** Null where the court sends none: then no word of them is said. */
  readonly texts: { readonly sender: string; readonly takesReplies: boolean } | null
}

/** What triggers a notice and what does not (F1, F5, F6), with the answer for each. */
export function toldTable({ leadDays, policy }: HelpRules): readonly (readonly [what: string, isTold: string])[] {
  const { events: [longer, shorter], payments: [before] } = leadDays
  return [
    ['An entry is added to the docket', 'Yes'],
    ['An entry is corrected', 'Yes, with what changed'],
    ['An entry is voided', 'Yes'],
    ['A closed case is opened again', 'Yes'],
    ['A hearing or trial comes near', `${longer} days and ${shorter} days before, if you chose it`],
    ['A hearing or trial is moved or cancelled', policy.schedulingChanges === 'told'
      ? 'Yes, if you chose notices before events; otherwise when an entry says it'
      : 'With the next notice we owe you of the case, if you chose notices before events'],
    ['A payment falls due', `${before} ${before === 1 ? 'day' : 'days'} before, if you chose it; not when it is paid, cancelled or zero`],
    ['The amount of such a payment changes after we told you', 'Yes, in the next notice'],
    ['A payment is made', 'No'],
    ['The status of the case changes in another way, without an entry', 'No'],
    ['Somebody looks at the case', 'No'],
    ['Another case of the same person begins', 'No: it has a number of its own'],
  ]
}
