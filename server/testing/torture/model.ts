/** One subscription as the rules see it: which entries changed that its reader was not told of yet. */
export interface Follower {
  /** Of the subscription. */
  readonly id: number
  readonly email: string
  readonly caseId: number
  state: 'active' | 'paused' | 'stopped'
  /** What no evening has taken yet. */
  readonly awaited: Set<number>
  /** What is to be counted after the pause. */
  readonly missed: Set<number>
}

/** What one evening owes one subscription. */
export interface OwedNotice {
  readonly follower: Follower
  readonly runId: number
  readonly full: Set<number>
  readonly missed: Set<number>
  /** It may not leave any more. */
  isVoid: boolean
  /** It failed, or whether it left is not known: an operator decides, and until then nothing of it is told otherwise. */
  isWithOperator: boolean
  /** How often the provider took it. */
  taken: number
}

/** What a mail that the provider took told. */
export interface Told {
  readonly subscriptionId: number
  readonly runId: number
  readonly full: ReadonlySet<number>
  readonly missed: ReadonlySet<number>
}

/**
 * The rules of notices about docket entries in as few words as they have (F2, F4, F8, A9, C5, E1, G4), for tests that compare the service
 * with them. It knows sets of entries by subscription, and nothing of rows, leases, batches or retries. What is wrong is kept in `wrongs`.
 */
export class Model {
  readonly followers: Follower[] = []
  readonly owed: OwedNotice[] = []
  readonly wrongs: string[] = []
  readonly #hidden = new Set<number>()

  begin(id: number, email: string, caseId: number): Follower {
    const known = this.followers.find((one) => one.id === id)
    const follower: Follower = known ?? { id, email, caseId, state: 'active', awaited: new Set(), missed: new Set() }
    if (!known) this.followers.push(follower)
    follower.state = 'active'
    return follower
  }

  stop(follower: Follower): void {
    follower.state = 'stopped'
    follower.awaited.clear()
    follower.missed.clear()
    this.#forget(follower)
  }

  pause(follower: Follower): void {
    if (follower.state !== 'active') return
    follower.state = 'paused'
    move(follower.awaited, follower.missed)
    for (const one of this.#openOf(follower)) {
      one.isVoid = true
      move(one.full, follower.missed)
      move(one.missed, follower.missed)
    }
  }

  resume(follower: Follower): void {
    if (follower.state === 'paused') follower.state = 'active'
  }

  /** A mail came back for good: nothing goes to its address, and what it told is missed. */
  comeBack(email: string, { follower, full, missed }: OwedNotice): void {
    for (const one of this.followers) if (one.email === email) this.pause(one)
    if (follower.state !== 'paused') return
    for (const entry of [...full, ...missed]) follower.missed.add(entry)
  }

  change(caseId: number, entryId: number): void {
    if (this.#hidden.has(caseId)) return
    for (const one of this.followers) {
      if (one.caseId === caseId) (one.state === 'active' ? one.awaited : one.state === 'paused' ? one.missed : new Set<number>()).add(entryId)
    }
  }

  seal(entryId: number): void {
    for (const one of this.followers) {
      one.awaited.delete(entryId)
      one.missed.delete(entryId)
    }
    // What has left is not told again either, should it come back.
    for (const one of this.owed) {
      one.full.delete(entryId)
      one.missed.delete(entryId)
      if (one.taken === 0 && one.full.size + one.missed.size === 0) one.isVoid = true
    }
  }

  hide(caseId: number): void {
    this.#hidden.add(caseId)
    for (const one of this.followers.filter((follower) => follower.caseId === caseId)) {
      one.awaited.clear()
      // Whether what a pause missed before is counted when the case is public again is not a rule.
      one.missed.clear()
      this.#forget(one)
    }
  }

  show(caseId: number): void {
    this.#hidden.delete(caseId)
  }

  evening(runId: number): void {
    for (const follower of this.followers) {
      if (follower.state !== 'active' || this.#hidden.has(follower.caseId) || follower.awaited.size + follower.missed.size === 0) continue
      this.owed.push({ follower, runId, full: new Set(follower.awaited), missed: new Set(follower.missed), isVoid: false, isWithOperator: false, taken: 0 })
      follower.awaited.clear()
      follower.missed.clear()
    }
  }

  /** The provider took a mail: it must be owed, once, and tell just that; of what was missed it may count more. */
  take(told: Told): OwedNotice | undefined {
    const owed = this.owed.find(({ follower, runId }) => follower.id === told.subscriptionId && runId === told.runId)
    const name = `notice of subscription ${told.subscriptionId} in run ${told.runId}`
    if (!owed) {
      if (told.full.size > 0 || !this.followers.some(({ id }) => id === told.subscriptionId)) this.wrongs.push(`${name} left and was not owed`)
      return undefined
    }
    owed.taken++
    if (owed.taken > 1) this.wrongs.push(`${name} left ${owed.taken} times`)
    if (owed.isVoid) this.wrongs.push(`${name} left though it might not`)
    if (this.#hidden.has(owed.follower.caseId)) this.wrongs.push(`${name} left about a case that is not public`)
    if (!isSame(owed.full, told.full)) this.wrongs.push(`${name} told ${listed(told.full)} and not ${listed(owed.full)}`)
    if (![...owed.missed].every((entry) => told.missed.has(entry))) this.wrongs.push(`${name} counted ${listed(told.missed)} as missed, and not ${listed(owed.missed)}`)
    return owed
  }

  /** It waits for an operator. */
  handOver(subscriptionId: number, runId: number): void {
    for (const one of this.owed) if (one.follower.id === subscriptionId && one.runId === runId) one.isWithOperator = true
  }

  /** What was owed and never left, nor waits for an operator. */
  close(): void {
    for (const one of this.owed) {
      if (one.taken === 0 && !one.isVoid && !one.isWithOperator) this.wrongs.push(`notice of subscription ${one.follower.id} in run ${one.runId} was lost`)
    }
    for (const { id, state, awaited, missed, caseId } of this.followers) {
      if (state === 'active' && !this.#hidden.has(caseId) && awaited.size + missed.size > 0) this.wrongs.push(`subscription ${id} was never told of ${listed([...awaited, ...missed])}`)
    }
  }

  isHidden(caseId: number): boolean {
    return this.#hidden.has(caseId)
  }

  /** What waits does not leave, and what has left is not told again, should it come back. */
  #forget(follower: Follower): void {
    for (const one of this.#openOf(follower)) one.isVoid = true
    for (const one of this.owed.filter((notice) => notice.follower === follower && notice.taken > 0)) {
      one.full.clear()
      one.missed.clear()
    }
  }

  #openOf(follower: Follower): OwedNotice[] {
    return this.owed.filter((one) => one.follower === follower && one.taken === 0 && !one.isVoid && !one.isWithOperator)
  }
}

function move(from: Set<number>, to: Set<number>): void {
  for (const entry of from) to.add(entry)
  from.clear()
}

const isSame = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean => a.size === b.size && [...a].every((one) => b.has(one))

const listed = (entries: Iterable<number>): string => [...entries].join(', ')
