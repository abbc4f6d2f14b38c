import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Hangs up on a client whose body is not there so long after its headers, answered or not, so that slow clients hold nothing (S19).
 * Where `isAnswerFirst` the time begins when it was answered: a long body that is wanted may take its time.
 */
export function endSlowBody(request: IncomingMessage, response: ServerResponse, { withinMs, isAnswerFirst }: { readonly withinMs: number; readonly isAnswerFirst: boolean }): void {
  let timer: NodeJS.Timeout | undefined
  const begin = (): void => {
    if (request.complete) return
    timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy()
    }, withinMs)
    timer.unref()
    request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  }
  if (isAnswerFirst) response.once('finish', begin)
  else begin()
}

/** Hangs up on a client that takes nothing of its answer for so long, while some of it waits to be taken (S19). */
export function endSlowReader(response: ServerResponse, withinMs: number): void {
  // Node tells when nothing moved, and takes what left of a long write for movement.
  response.setTimeout(withinMs, () => {
    const { socket } = response
    if (socket && socket.writableLength > 0) socket.destroy()
  })
}
