import { answerCasesFile } from '../../_trpc/answer-cases-file.ts'

/** The file of My Cases (G2). */
export const GET = (request: Request): Promise<Response> => answerCasesFile(new URL(request.url))
