import { defineCommand } from 'citty'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import type { FeedReport, Reading } from '../../contract/records.ts'
import { takeRecords } from '../../domain/docket/take-records.ts'
import { readCourtListener } from '../../feeds/courtlistener.ts'
import { readCsv } from '../../feeds/csv-feed.ts'
import { guessFormat, type SourceFormat } from '../../feeds/guess-format.ts'
import { readJuriscraper } from '../../feeds/juriscraper.ts'
import { readNdjson } from '../../feeds/ndjson-feed.ts'
import { readPacerRss } from '../../feeds/pacer-rss.ts'
import { courtOf } from '../../profile/look-up.ts'
import type { Runtime } from '../../runtime.ts'
import { asHistory } from '../../take-feed.ts'
import { showProgress } from '../progress.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const formats: readonly SourceFormat[] = ['ndjson', 'csv', 'pacer-rss', 'juriscraper', 'courtlistener']

/** `ttc import FILE…`: the exit code is 0 only when every record of every file was accepted or known. */
export const importCommand = defineCommand({
  meta: { name: 'import', description: 'Reads records from files, or from standard input with "-".' },
  args: {
    files: { type: 'positional', required: true, description: 'Files to read; .gz is read as it is; - is standard input' },
    notices: { type: 'boolean', default: true, description: 'Tell those who track the cases', negativeDescription: 'History: nobody is told of these changes, ever' },
    format: { type: 'string', description: `One of ${formats.join(', ')}; guessed from the content when left out` },
    court: { type: 'string', description: 'The code of the court, where the file does not say or is to be read as another' },
    'time-zone': { type: 'string', description: 'The zone of a court that is new here, like America/Chicago' },
    json: { type: 'boolean', default: false, description: 'Report as JSON' },
  },
  run: ({ args }) => withRuntime('command', async (runtime) => {
    const options = { format: formatOf(args.format), isQuiet: !args.notices, court: args.court, timeZone: args['time-zone'] }
    const take = () => importFiles(runtime, args._, options, args.json)
    const total = options.isQuiet ? await asHistory(runtime.workplace, 'command', take) : await take()
    if (args.json) printJson(total)
    else print(sentenceOf(total))
    if (total.rejected.length > 0) process.exitCode = 1
  }),
})

async function importFiles(runtime: Runtime, files: readonly string[], options: ImportOptions, isJson: boolean): Promise<FeedReport> {
  const total = emptyReport()
  for (const file of files) {
    const report = await importFile(runtime, file, options)
    addTo(total, report)
    if (files.length > 1 && !isJson) print(`${file}: ${sentenceOf(report)}`)
    for (const { line, reason } of isJson ? [] : report.rejected.slice(0, maxShown)) print(`  ${file}, line ${line}: ${reason}`)
    if (!isJson && report.rejected.length > maxShown) print(`  and ${report.rejected.length - maxShown} more`)
  }
  return total
}

const maxShown = 50

function formatOf(given: string | undefined): SourceFormat | undefined {
  const format = formats.find((one) => one === given)
  if (given !== undefined && !format) throw new Error(`--format must be one of ${formats.join(', ')}, not "${given}".`)
  return format
}

interface ImportOptions {
  readonly format: SourceFormat | undefined
  readonly isQuiet: boolean
  readonly court: string | undefined
  readonly timeZone: string | undefined
}

async function importFile({ workplace, profile, site }: Runtime, file: string, options: ImportOptions): Promise<FeedReport> {
  const size = file === '-' ? 0 : (await stat(file).catch(() => undefined))?.size
  if (size === undefined) throw new Error(`The file ${file} cannot be read.`)
  const progress = showProgress(file, size, 'bytes')
  let read = 0
  const source = file === '-' ? process.stdin : createReadStream(file)
  source.on('data', (chunk: Buffer | string) => {
    read += chunk.length
    progress.to(read)
  })
  try {
    const bytes = peeked(file.endsWith('.gz') ? source.pipe(createGunzip()) : source)
    const head = await bytes.head()
    const format = options.format ?? guessFormat(head)
    if (!format) throw new Error(`The format of ${file} is not known: say which with --format.`)
    const known = options.court === undefined ? undefined : courtOf(profile, options.court)
    const court = options.court === undefined ? undefined : {
      code: options.court,
      ...(known ? { name: known.name } : {}),
      ...(options.timeZone === undefined ? known ? { timeZone: known.timeZone ?? profile.timeZone } : {} : { timeZone: options.timeZone }),
    }
    return await takeRecords(workplace, readingsOf(format, bytes.all(), court, options.timeZone ?? profile.timeZone), { isQuiet: options.isQuiet, site })
  } finally {
    progress.end()
  }
}

type NamedCourt = NonNullable<NonNullable<Parameters<typeof readPacerRss>[1]>['court']>

function readingsOf(
  format: SourceFormat, bytes: AsyncIterable<Uint8Array>, court: NamedCourt | undefined, timeZone: string,
): AsyncIterable<Reading> {
  const options = court ? { court } : {}
  switch (format) {
    case 'ndjson': return withCourt(readNdjson(bytes), court?.code)
    case 'csv': return withCourt(readCsv(bytes), court?.code)
    case 'pacer-rss': return readPacerRss(bytes, options)
    case 'juriscraper': return readJuriscraper(bytes, options)
    case 'courtlistener': return readCourtListener(bytes, { ...options, timeZone })
  }
}

/** Records that name no court are of the one that the command names. */
async function* withCourt(readings: AsyncIterable<Reading>, code: string | undefined): AsyncGenerator<Reading> {
  for await (const reading of readings) {
    const isNameless = code !== undefined && 'record' in reading && 'court' in reading.record && reading.record.court === null
    yield isNameless ? { ...reading, record: { ...reading.record, court: code } } : reading
  }
}

const headBytes = 65_536

/** The first bytes of a source, to guess its format from, and then all of it. */
function peeked(source: AsyncIterable<Uint8Array | string>): { head(): Promise<Uint8Array>; all(): AsyncGenerator<Uint8Array> } {
  const iterator = source[Symbol.asyncIterator]()
  const kept: Uint8Array[] = []
  const next = async (): Promise<Uint8Array | undefined> => {
    const step = await iterator.next()
    if (step.done === true) return undefined
    return typeof step.value === 'string' ? Buffer.from(step.value) : step.value
  }
  return {
    async head() {
      for (let bytes = 0; bytes < headBytes;) {
        const chunk = await next()
        if (!chunk) break
        kept.push(chunk)
        bytes += chunk.length
      }
      return Buffer.concat(kept)
    },
    async *all() {
      yield* kept.splice(0)
      for (let chunk = await next(); chunk; chunk = await next()) yield chunk
    },
  }
}

const emptyReport = (): FeedReport => ({ accepted: 0, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } })

function addTo(total: FeedReport, report: FeedReport): void {
  total.accepted += report.accepted
  total.unchanged += report.unchanged
  total.rejected.push(...report.rejected)
  for (const kind of ['added', 'updated', 'voided'] as const) total.changes[kind] += report.changes[kind]
}

const sentenceOf = ({ accepted, unchanged, rejected, changes }: FeedReport): string =>
  `${accepted} accepted, ${unchanged} unchanged, ${rejected.length} rejected; `
  + `changes: ${changes.added} added, ${changes.updated} updated, ${changes.voided} voided.`
