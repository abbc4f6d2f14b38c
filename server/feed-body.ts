import { pipeline } from 'node:stream'
import { Readable, Transform } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { createGunzip } from 'node:zlib'

/** The body was larger than the feed takes, on the wire or unpacked. */
export class BodyTooLarge extends Error {}
/** The body said that it is gzip and is not. */
export class BodyUnreadable extends Error {}

const maxWireBytes = 64 * 1024 * 1024
const maxUnpackedBytes = 1024 * 1024 * 1024

/**
 * A feed's body as it comes, unpacked: 64 MB at most on the wire and 1 GB unpacked. Past either it fails with
 * `BodyTooLarge`; broken gzip fails with `BodyUnreadable`. Holds nothing beyond what is being read.
 */
export async function* feedBody(body: ReadableStream<Uint8Array> | null, isGzip: boolean): AsyncGenerator<Uint8Array> {
  if (!body) return
  // The DOM's and Node's types of one and the same class differ in a name only.
  const wire = Readable.fromWeb(body as WebStream<Uint8Array>)
  const counted = pipeline(wire, atMost(maxWireBytes), ignore)
  const unpacked = isGzip ? pipeline(counted, createGunzip(), atMost(maxUnpackedBytes), ignore) : counted
  try {
    for await (const chunk of unpacked) yield chunk
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw new BodyUnreadable('The body is not gzip, or is cut short.')
    throw error
  }
}

// The failure reaches whoever reads the last stream.
const ignore = (): void => undefined

function atMost(limit: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length
      if (bytes > limit) done(new BodyTooLarge(`The body is larger than ${limit / 1024 / 1024} MB.`))
      else done(null, chunk)
    },
  })
}
