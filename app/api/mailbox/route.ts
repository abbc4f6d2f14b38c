import { getCaller, orNotFound } from '../../_trpc/caller.ts'

/** The local mailbox as JSON, e-mails and texts, newest first; 404 where mail goes elsewhere. */
export async function GET(): Promise<Response> {
  const caller = await getCaller()
  const listed = await orNotFound(caller.mailbox.list())
  return Response.json(await Promise.all(listed.map(({ id }) => caller.mailbox.byId({ id }))), { headers: { 'cache-control': 'no-store' } })
}
