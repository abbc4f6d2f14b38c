import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import missouri from './missouri.json' with { type: 'json' }
import { courtProfileSchema } from './schema.ts'
import type { CourtProfile } from './schema.ts'

/**
 * The court profile at `path` (JSON), or the shipped Missouri profile when none is given (I3). Throws one Error that
 * says every wrong value of it, a sentence each; also when the file cannot be read or is not JSON.
 */
export function loadProfile(path?: string): CourtProfile {
  return path === undefined ? checked(missouri, 'The shipped court profile') : checked(readJson(path), `The court profile ${path}`)
}

/** A value as a court profile. Throws one Error that says every wrong value of it, a sentence each. */
export function parseProfile(value: unknown): CourtProfile {
  return checked(value, 'The court profile')
}

function readJson(path: string): unknown {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`The court profile ${path} cannot be read.`, { cause: error })
  }
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new Error(`The court profile ${path} is not JSON: ${error instanceof Error ? error.message : 'unknown reason'}`, { cause: error })
  }
}

function checked(value: unknown, subject: string): CourtProfile {
  const result = courtProfileSchema.safeParse(value, { error: predicate })
  if (result.success) return result.data
  const sentences = result.error.issues.flatMap(sentencesOf)
  throw new Error([`${subject} cannot be used:`, ...sentences].join('\n- '))
}

function sentencesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${pathOf([...issue.path, key])} is not a field of a court profile.`)
  }
  return [`${pathOf(issue.path)} ${issue.message}.`]
}

/** `courts[3].timeZone`; rows count from 0, as in the file's own language. */
function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The whole'
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`)).join('')
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', boolean: 'true or false', object: 'an object', array: 'a list', tuple: 'a list',
}

/** Words for what the schema itself has none for; undefined leaves the library's. */
function predicate(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`
    case 'too_small':
      return issue.origin === 'array' ? `must have ${issue.minimum} or more values` : `must be ${issue.minimum} or more`
    case 'too_big':
      return issue.origin === 'array' ? `must have ${issue.maximum} or fewer values` : `must be ${issue.maximum} or less`
    default:
      return undefined
  }
}
