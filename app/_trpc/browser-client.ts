import { createTRPCClient, httpBatchLink } from '@trpc/client'
import superjson from 'superjson'
import type { AppRouter } from '../../server/routers/app-router.ts'

/**
 * The browser's way to procedures. It weighs 11 KB, so a form imports it when it is sent, never with its page; pages that
 * only show something call procedures on the server (`caller.ts`).
 */
export const browserClient = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: '/api/trpc', transformer: superjson })],
})
