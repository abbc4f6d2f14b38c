/** One fault or attack, what must come of it, and the figure that shows it. */
export interface Row {
  readonly id: string
  readonly fault: string
  readonly expected: string
  readonly goal: string
}

const row = (id: string, fault: string, expected: string, goal: string): Row => ({ id, fault, expected, goal })

/** Faults first, then attacks. A test whose name begins with the id and a colon shows each. */
export const rows: readonly Row[] = [
  row('R1', 'The process is killed at a named step of the evening, then run again', 'It finishes', '0 lost, 0 twice'),
  row('R2', 'It is killed at any moment while mail leaves', 'The same, and the database is whole', '0 lost, 0 twice'),
  row('R3', 'The provider takes the mail and a fifth of its answers are lost', 'The same request again, under the same key', '0 lost, 0 twice'),
  row('R4', 'The template changes between two tries', 'What arrived counts as sent', '0 twice'),
  row('R5', 'The outcome stays unknown for longer than the provider remembers', 'It is parked and shown to the operator', '0 sent by itself'),
  row('R6', '429 with Retry-After; the quota is spent', 'It waits exactly so long; then what people wait for leaves first', '0 early requests'),
  row('R7', 'The provider answers 5xx for half an hour', 'Tries grow rarer, and it drains afterwards', '≤ 8 tries a message; drained in ≤ 2 min'),
  row('R8', 'A silent connection, a slow one, half an answer, no JSON', 'It gives up after 10 s and tries under the same key; pages stay quick', 'event loop p99 < 50 ms'),
  row('R9', 'One bad address in a batch of 100', 'The others leave, it fails with its reason', '99 leave in ≤ 8 requests'),
  row('R10', 'Ten pings of one evening at once, and again', 'One run', '0 twice'),
  row('R11', 'A worker that stood still for longer than its lease wakes', 'It settles nothing that it lost', '0 twice'),
  row('R12', 'No ping for 1 to 7 days', 'Each owed once', 'exactly the changes, each once'),
  row('R13', 'The database is locked for 10 s; the disk is full', 'A clear 503 with Retry-After; it recovers by itself', '0 half written, 0 lost'),
  row('R14', 'A backup of an hour ago is restored and the evening held again', 'Keys stop what the backup knows; what may have left since is parked', '0 twice, all else listed'),
  row('R15', 'The clock two hours back, a day ahead, both nights of the year that change, a leap day, every day for three years', 'The right docket day, and days before by the calendar of the court', '0 differ from a second reckoning'),
  row('R16', 'An entry edited, a case sealed, a subscription stopped, an address bounced, at each step of a run', 'In exactly one notice; nothing leaves afterwards', '0 wrong'),
  row('R17', 'Reports of the provider early, doubled, in any order, forged, old', 'The same end; what is forged is refused', 'every order of 6'),
  row('R18', 'SIGTERM during a run', 'It lets go within 10 s and the next goes on', '0 lost, 0 twice'),
  row('R19', 'One message in 1,000 of which no mail can be made', 'Only it fails', '999 leave'),
  row('R20', 'All of this by chance, against a small model of the rules', 'Model and service agree', 'every seed'),
  row('S1', 'Malformed, huge, deep and wrongly typed input to every procedure and address', '4xx, nothing written', '0 answers of 5xx'),
  row('S2', 'A thousand calls in one, a body of 50 MB, a gzip bomb', 'Refused early', 'memory flat'),
  row('S3', 'Tokens guessed, altered, used again, old; read in database, backup or log', 'One neutral page; nothing is found', '0 hits'),
  row('S4', 'Telling tracked, not tracked, confidential and absent apart by words, status, headers or time', 'Cannot be done', 'medians within 2 ms, p > 0.01'),
  row('S5', 'One mailbox flooded: many requests, many client addresses, spellings, forged headers', 'The limits hold', '≤ 3 an hour, ≤ 6 a day'),
  row('S6', 'The captcha missing, wrong, used again, its provider down; published keys in production', 'Nothing leaves; the service does not start', 'every procedure that causes mail'),
  row('S7', 'Foreign and premium numbers, many numbers', 'US numbers only, after the e-mail is verified, up to a day’s most', 'the most is kept'),
  row('S8', 'A scanner opens every link of every message and runs its scripts', 'Nothing changes', '0 rows'),
  row('S9', 'One-click stop, both encodings, ten times', '200, no cookie, no redirect', 'all'),
  row('S10', 'Posts from other sites, foreign Origin, forged Host and forwarding headers, next= to elsewhere', 'Refused; links lead to the service only', 'the matrix'),
  row('S11', 'CR, LF, NUL, commas and bidi marks in every field that reaches a header, subject, calendar, CSV, feed or text', 'One recipient, no header more, no formula', 'read back by real parsers'),
  row('S12', 'Script in docket text, caption and name, on pages and in mail', 'It does not run', 'the corpus'),
  row('S13', 'A confidential case asked for at every address and procedure, by every kind of visitor', 'Silence', '0 sightings'),
  row('S14', 'Machine addresses with no, a wrong, a short secret, "undefined"; start without secrets', 'Always 401; the service does not start', 'the matrix'),
  row('S15', 'Somebody else’s subscription, account, report, feed, session; fields that were not asked for', '404, nothing changed', 'every procedure of accounts'),
  row('S16', 'A session fixed beforehand, used after logging out, after a new password or address; cookie flags', 'Dead at once', 'in a browser'),
  row('S17', 'Headers of every answer', 'All there', 'a crawl'),
  row('S18', 'Addresses, phones, tokens and docket text in logs and metrics', 'None', '0 canaries'),
  row('S19', 'Floods of log-ins and forms, slow clients, evil patterns', 'The limiter answers before the hash; health stays quick', 'health p99 < 200 ms'),
  row('S20', 'What the retention rules say is gone', 'Is gone from tables, indexes and the write-ahead log', '0 left'),
]
