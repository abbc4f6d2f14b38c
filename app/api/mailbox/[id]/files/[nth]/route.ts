import { getCaller, orNotFound } from '../../../../../_trpc/caller.ts'

/** A file of an e-mail in the local mailbox, to be kept; 404 where mail goes elsewhere. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string; nth: string }> }): Promise<Response> {
  const { id, nth } = await params
  if (!/^\d{1,15}$/.test(id) || !/^\d{1,3}$/.test(nth)) return new Response(null, { status: 404 })
  const { attachments } = await orNotFound((await getCaller()).mailbox.byId({ id: Number(id) }))
  const file = attachments[Number(nth)]
  if (!file) return new Response(null, { status: 404 })
  return new Response(file.content, {
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.filename.replace(/[^\w.-]/g, '_')}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
