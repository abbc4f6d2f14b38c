import { router } from '../trpc.ts'

export const severalRouter = router({})
