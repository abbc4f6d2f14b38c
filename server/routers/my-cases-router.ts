import { router } from '../trpc.ts'
import { feedsRouter } from './feeds-router.ts'
import { previewRouter } from './preview-router.ts'
import { searchesRouter } from './searches-router.ts'
import { sentRouter } from './sent-router.ts'
import { severalRouter } from './several-router.ts'

/** What an account tracks, and what goes with it (G2 to G8). */
export const myCasesRouter = router({
  sent: sentRouter,
  several: severalRouter,
  searches: searchesRouter,
  feeds: feedsRouter,
  preview: previewRouter,
})
