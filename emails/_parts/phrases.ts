import { plainLine } from './plain.ts'

// What the HTML and the plain-text twin of a template both say, so that they cannot come to differ.

/** E1, E2: a link for each choice. */
export const stopThisCase = 'Stop Tracking This Case'
export const stopAllCases = 'Stop Tracking ALL Cases'
export const stopChoices = { emailAndText: 'Stop e-mail and text', textOnly: 'Stop text only' } as const

/** F12: what a long list is cut with. */
export const andMore = (more: number): string => `and ${more} more`

const countOfCases = (count: number): string => (count === 1 ? '1 case' : `${count} cases`)

export const helpHours = (hours: string): string => `Hours: ${hours}`
/** Says how to tell our links from a stranger's; the origin follows, alone on its line. */
export const linksBeginWith = (serviceName: string): string => `${serviceName} sent this e-mail. Its links begin with`

// Notice (F3)

export const seeDocket = 'See the docket'
/** Where a case changed so much that a notice lists nothing (I7), or a long one is cut (F12). */
export const andMoreEntries = (shown: number, more: number): string =>
  shown > 0 ? andMore(more) : more === 1 ? 'See the entry on the case page' : `See all ${more} entries on the case page`
export const planOf = (plan: string): string => `Plan ${plainLine(plan)}`
export const filedOn = (filed: string): string => `Filed ${plainLine(filed)}`
export const lastActivityOn = (lastActivity: string): string => `Last activity ${plainLine(lastActivity)}`
/** The caption, unless the heading has said it. */
export const captionBeside = (heading: string, caption: string): string | null =>
  plainLine(heading).includes(plainLine(caption)) ? null : plainLine(caption)

/** The reader's own words for the case. */
export const yourNote = (note: string): string => `Your note: ${plainLine(note)}`

// Several cases in one mail (F2)

export const updatesIn = (count: number): string => (count === 1 ? 'Update in 1 of your cases' : `Updates in ${count} of your cases`)
export const moreCases = (more: number): string => `${andMore(more)} of your cases: see My Cases`
export const stopListed = 'Stop Tracking All Cases in This E-mail'

// Verification (C1, J2). `count` is the number of pending requests, shown or not.

export const confirmHeading = (first: string, count: number): string =>
  count === 1 ? `Confirm that you want to track case ${plainLine(first)}` : `Confirm the ${countOfCases(count)} you want to track`
export const whoAsked = (emailAddress: string, count: number): string =>
  `Someone asked us to send notices of ${count === 1 ? 'this case' : 'these cases'} to ${plainLine(emailAddress)}. ` +
  'None are sent until you confirm.'
export const confirmOne = (caseNumber: string): string => `Confirm case ${plainLine(caseNumber)}`
export const confirmAll = 'Confirm all cases'
export const sevenDays = (count: number): string =>
  count === 1 ? 'The confirm link works for 7 days.' : 'The confirm links work for 7 days.'
export const mayIgnore = 'If you did not ask for this e-mail, you can ignore it.'
export const lookInSpam = (senderAddress: string): string =>
  `Notices come from ${plainLine(senderAddress)}. If one is missing, look for this sender in your spam folder. ` +
  'To keep notices out of it, add the sender to your contacts.'

// Tracking report (E7, E8)

export const reportHeading = 'Your tracking report'
export const whatIsTracked = (emailAddress: string, count: number): string =>
  count === 0
    ? `Nothing is tracked with ${plainLine(emailAddress)}. A case is listed here once you have confirmed it from its verification e-mail.`
    : `You track ${countOfCases(count)} with ${plainLine(emailAddress)}.`
export const openReport = 'Open this report as a page'
export const livesOneDay = 'This page lives 24 hours.'
export const caseIsClosed = 'This case is closed. New entries in it are still sent to you; you can stop tracking it.'
export const optionsChosen = (options: readonly string[]): string =>
  options.length === 0 ? 'Options: none' : `Options: ${options.map(plainLine).join('; ')}`
