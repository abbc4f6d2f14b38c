import type { MyCaseView } from '../../../server/contract/my-cases-view.ts'
import { textNoticesSaid } from '../../../server/contract/wording.ts'

/** By which channels a case is told of, and with which notices besides; in few words, for a column. */
export function alertWords({ state, texts, phoneEnding, options, entryChoice }: MyCaseView): { readonly channels: string; readonly details: string } {
  if (state.kind === 'stopped') return { channels: '', details: '' }
  const hasEmail = state.kind === 'active'
  const hasText = texts === 'on' || texts === 'changing'
  const channels = [hasEmail ? 'E-mail' : '', hasText ? (hasEmail ? 'text' : 'Text') : ''].filter((word) => word !== '').join(', ')
  const days = options.eventTenDays && options.eventTwoDays ? '10 and 2 days before hearings' : options.eventTenDays ? '10 days before hearings' : options.eventTwoDays ? '2 days before hearings' : ''
  return {
    channels,
    details: [
      days, options.paymentTwoDays ? '2 days before payments' : '', entryChoice === 'all' ? '' : 'some entries only',
      texts === 'waiting' || texts === 'stoppedByReply' ? `text: ${textNoticesSaid(texts, phoneEnding)}` : '',
    ].filter((words) => words !== '').join('; '),
  }
}
