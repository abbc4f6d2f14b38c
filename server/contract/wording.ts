// Sentences that more than one place says. Exact words come from product.md, the rule stands beside them.

/** B2. */
export const verificationSent =
  'A verification e-mail is being sent to the address you provided. Please read and complete the appropriate steps to finish the verification process. If you are already tracking this case, you will not receive another verification e-mail.'
/** B2: what is said besides where texts were asked for. */
export const textVerificationSent =
  'A verification text will be sent to the phone number you provided once your e-mail is verified. If you are already tracking this case with the phone number entered, you will not receive another verification text.'
/** B4. */
export const reportSent =
  'An e-mail is being sent to the e-mail address provided below. Please review the e-mail for further information.'
/** B5. */
export const fieldErrors = {
  emailMissing: 'Enter your e-mail address.',
  emailFormat: 'Enter an e-mail address in the correct format, like name@example.com.',
  confirmMissing: 'Confirm your e-mail address.',
  confirmDiffers: 'The e-mail addresses do not match.',
  phoneMissing: 'Enter your phone number.',
  phoneFormat: 'Enter a 10-digit US phone number, like 573-555-0123.',
  carrierMissing: 'Choose your carrier.',
  captchaInvalid: 'Captcha invalid.',
  captchaMissing: 'Verification is required.',
  captchaUnavailable: 'We could not check the verification just now. Nothing was sent. Please try again in a minute.',
} as const
/** C2. */
export const nowTracking = 'You are now tracking this case.'
export const nowTrackingByText = 'You are now tracking this case by text.'
/** C4: said beside C2's words when the e-mail was verified and the phone was not yet. */
export const textBeingSent =
  'A verification text is being sent to the phone number you provided. Open the link in it to start your text notices.'
/** Said in its place where the phone answered STOP (E6), and where it was sent too many (H1). */
export const textRefused =
  'No verification text is sent to the phone number you provided: it answered STOP to our texts. Answer START to one of them from that phone, and the verification text is sent.'
export const textHeld =
  'No verification text is sent just now to the phone number you provided: several went there already. To get one, ask again later on the page of the case, with the same e-mail address and phone number.'
/** C4: by how it stands with the text. */
export const awaitedTextWords = { underWay: textBeingSent, stopped: textRefused, held: textHeld } as const
/** Said in place of C2's words to a phone that confirmed and answered STOP (E6). */
export const confirmedWhileStopped =
  'This phone number is confirmed, but it answered STOP to our texts, so none are sent to it. Answer START to one of them to get them.'
/** B1: the options, as the form names them. */
export const optionLabels = {
  eventTenDays: '10 days before a scheduled event',
  eventTwoDays: '2 days before a scheduled event',
  paymentTwoDays: '2 days before a scheduled payment',
} as const
/** Those that are chosen, in the order of the form. */
export const chosenOptions = (options: Readonly<Record<keyof typeof optionLabels, boolean>>): string[] => [
  ...(options.eventTenDays ? [optionLabels.eventTenDays] : []),
  ...(options.eventTwoDays ? [optionLabels.eventTwoDays] : []),
  ...(options.paymentTwoDays ? [optionLabels.paymentTwoDays] : []),
]
/** E8: how texts of a case stand, and by the last digits of which phone. */
export function textNoticesSaid(texts: 'on' | 'changing' | 'waiting' | 'off' | 'stoppedByReply', phoneEnding: string | null): string {
  const phone = phoneEnding === null ? 'the phone' : `the phone ending in ${phoneEnding}`
  switch (texts) {
    case 'on': return `on, to ${phone}`
    case 'changing': return `on, to ${phone}, and a new phone number waits to be verified`
    case 'waiting': return `waiting for ${phone} to be verified`
    case 'off': return 'off'
    case 'stoppedByReply': return `stopped by a STOP reply from ${phone}`
  }
}
/** G4: after mail came back for the time being; `day` in words. */
export const mailWaits = (day: string): string =>
  `Mail to your address came back: the mailbox may be full. We try again on the evening of ${day}, and tell in short what you missed.`
/** E1, E2. */
export const stopped = {
  case: { emailAndText: 'You are no longer tracking this case.', textOnly: 'You are no longer tracking this case by text.' },
  all: { emailAndText: 'You are no longer tracking any cases.', textOnly: 'You are no longer tracking any cases by text.' },
} as const
export const stopQuestion = (caseNumber: string | null): string =>
  caseNumber === null ? 'Do you want to stop tracking this case?' : `Do you want to stop tracking case number ${caseNumber}?`
/** F2: what one e-mail listed. */
export const stoppedListed = { emailAndText: 'You are no longer tracking these cases.', textOnly: 'You are no longer tracking these cases by text.' } as const
export const stopListedQuestion = 'Do you want to stop tracking all cases that this e-mail lists?'
/** G2: of cases that were chosen in My Cases. */
export const stopChosenQuestion = (count: number): string => (count === 1 ? 'Do you want to stop tracking this case?' : `Do you want to stop tracking these ${count.toLocaleString('en-US')} cases?`)
export const stopAllQuestion = 'Do you want to stop tracking ALL cases?'
export const stopChoiceLabels = { emailAndText: 'Stop e-mail and text?', textOnly: 'Stop text only?' } as const
/** Of which docket entries a subscription is told. */
export const entryChoiceLabels = {
  all: 'All docket entries', withoutRoutine: 'All but routine entries', decisions: 'Only orders, judgments, warrants and hearings',
} as const
/** F2, F11. */
export const noticeChoicesSaved = 'Your choices are saved.'
/** G4. */
export const mendingMailSent = 'An e-mail is being sent to your address. Use the link in it, and your notices go on.'
/** A3. */
export const oneNumberOnly = 'Tracking covers one case number. Other cases with the same name need their own.'
export const notOfficial =
  'This is a courtesy. It is not official court notice, service of process or legal advice, and it does not change any deadline.'
/** A5: why a case cannot be tracked, said alike by pages and by every way in. */
export const courtTakesNoPart = (court: string): string =>
  `${court} does not take part in Track This Case, so its cases cannot be tracked.`
export const caseTypeExcluded = (caseType: string): string =>
  `${caseType} cases are not part of Track This Case, so this case cannot be tracked.`
/** G7. */
export const watchStopped = 'You are no longer watching this search.'
export const watchesStopped = 'You are no longer watching any searches.'
export const watchQuestion = (name: string | null): string =>
  name === null ? 'Do you want to stop watching this search?' : `Do you want to stop watching “${name}”?`
export const watchAllQuestion = 'Do you want to stop watching ALL searches?'
export const watchTooWide = 'A watch needs a name, a case number, a court or a case type. Add one to the search, save it anew and watch that.'
export const watchTooCommon = (typed: string, most: number): string =>
  `More than ${most} cases match “${typed}” now. To watch it, add a first name, a court or a case type to the search, save it anew and watch that.`
/** G1: whether or not the address has an account. */
export const accountMailSent =
  'An e-mail is being sent to the address you provided. Open the link in it to finish.'
export const resetMailSent =
  'An e-mail is being sent to the address you provided. It says how to choose a new password.'
export const accountConfirmed = 'Your account is confirmed. You can log in now.'
/** D4: said to a public account whose address is missing or takes no mail. */
export const accountWithoutAddress = ({ name, email, phone }: { readonly name: string; readonly email: string; readonly phone: string }): string =>
  `Your account is missing a valid e-mail address. You cannot continue until your account is corrected. Please contact the ${name} by e-mail at ${email} or by phone at ${phone}.`
/** D5: the same to a registered one. */
export const accountAddressInvalid = 'The e-mail address is invalid, logon and access “My Account” to correct your e-mail address.'
export const addressChangeSent =
  'An e-mail is being sent to the new address. Open the link in it to finish. Until then nothing changes.'
export const addressChanged = 'The address of your account is changed. Your notices go there from now on, and you log in with it.'
