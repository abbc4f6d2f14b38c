import { test } from '@playwright/test'

let own: string | undefined

/** Says where the tests of this process find their service instead: one of their own. */
export const setOrigin = (origin: string | undefined): void => {
  own = origin
}

/** Where the service of the running test is: tests know neither its engine nor its neighbours. */
export function origin(): string {
  const found = own ?? test.info().project.use.baseURL
  if (found === undefined) throw new Error('The project does not say where its service is.')
  return found
}
