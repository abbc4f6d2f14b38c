import { router } from '../trpc.ts'

export const searchesRouter = router({})
