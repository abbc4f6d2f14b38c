import { test } from '@playwright/test'

/** Where the service of the running test is: tests know neither its engine nor its neighbours. */
export function origin(): string {
  const { baseURL } = test.info().project.use
  if (baseURL === undefined) throw new Error('The project does not say where its service is.')
  return baseURL
}
