import { execFileSync } from 'node:child_process'

/** Which code this is, as far as git knows. What the bench itself writes is no change of what it measures. */
export function commitHere(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: new URL('..', import.meta.url), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const isChanged = git('status', '--porcelain', '--', '.', ':!bench/kept-parts.json', ':!docs/performance.md') !== ''
    return `${git('rev-parse', '--short=9', 'HEAD')}${isChanged ? ' and changes since' : ''}`
  } catch {
    return 'that git does not know'
  }
}
