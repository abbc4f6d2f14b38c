import { formatDay } from './court-time.ts'

/** I7: why an evening waits. */
export const eveningWaitsWords = ({ day, notices, usual }: { readonly day: string; readonly notices: number; readonly usual: number }): string =>
  `The evening of ${formatDay(day)} would owe ${notices.toLocaleString('en-US')} notices, where ${usual.toLocaleString('en-US')} are usual. Nothing of it leaves before an operator says yes.`
