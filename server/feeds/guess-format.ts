export type SourceFormat = 'ndjson' | 'csv' | 'pacer-rss' | 'juriscraper' | 'courtlistener'

/** Names that stand in what CourtListener sends, and in no docket report. */
const courtListener = /"(?:recap_documents|recap_sequence_number|webhook)"\s*:/
const docketReport = /"(?:docket_entries|docket_number|assigned_to_str|federal_dn_case_type)"\s*:/
const recordType = /"type"\s*:\s*"/

/** The format of records from the first bytes of their source (a few kilobytes suffice), or null where it is none that we read. */
export function guessFormat(head: Uint8Array): SourceFormat | null {
  const text = new TextDecoder().decode(head).trimStart()
  if (text.startsWith('<')) return /<(?:rss|channel)[\s>]/i.test(text) ? 'pacer-rss' : null
  const lines = text.split(/\r?\n/)
  if (/^\s*[[{]/.test(text) && courtListener.test(text) && !isRecordLine(lines[0] ?? '')) return 'courtlistener'
  if (text.startsWith('{')) {
    if (isRecordLine(lines[0] ?? '')) return 'ndjson'
    if (docketReport.test(text)) return 'juriscraper'
  } else if ((lines[0] ?? '').split(',').some((column) => /^\s*"?type"?\s*$/i.test(column))) {
    return 'csv'
  }
  return lines.some((line) => line.startsWith('{') && isRecordLine(line)) ? 'ndjson' : null
}

/** Whether a line, cut off or not, is a record of the feed: `type` among the first of its fields, no docket report's field before. */
function isRecordLine(line: string): boolean {
  const at = line.search(recordType)
  return at !== -1 && !docketReport.test(line.slice(0, at))
}
