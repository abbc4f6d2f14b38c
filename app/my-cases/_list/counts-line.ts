import type { MyCasesCounts } from '../../../server/contract/my-cases-view.ts'

/** The counts in words: "18 tracked. 3 changed since you last looked. 2 hearings this week." */
export function countsLine({ all, pending, changed, hearings, paused }: MyCasesCounts): string {
  const said = (count: number): string => count.toLocaleString('en-US')
  return [
    `${said(all - pending)} tracked.`,
    pending > 0 ? `${said(pending)} waiting to be confirmed by e-mail.` : '',
    `${changed === 0 ? 'None' : said(changed)} changed since you last looked.`,
    hearings > 0 ? `${hearings === 1 ? '1 hearing' : `${said(hearings)} hearings`} this week.` : '',
    paused > 0 ? `${said(paused)} paused.` : '',
  ].filter((sentence) => sentence !== '').join(' ')
}
