import { afterEach, beforeEach, expect } from 'vitest'

// What nobody expected on the error console is a failure, not a line that scrolls by.
let said: unknown[][] = []
const original = console.error

beforeEach(() => {
  said = []
  console.error = (...words: unknown[]) => {
    said.push(words)
  }
})

afterEach(() => {
  console.error = original
  expect(said, 'an unexpected console.error').toEqual([])
})
